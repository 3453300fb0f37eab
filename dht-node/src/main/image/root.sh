#!/usr/bin/env bash
# root.sh JDK TARGET JAR…: makes in TARGET what an image has beside the program, from this machine alone:
#   runtime: Java, as far as it is used, made by the JDK's jlink
#   system:  the loader and the libraries that Java and the native libraries in the JARs are linked to, and a user
set -euo pipefail
jdk=$1 target=$2
shift 2

# desktop, compilers, RMI and the like are left out; jcmd and the flight recorder are there for bad days
modules=java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
modules+=,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs

rm -rf "$target"
mkdir -p "$target/system/etc"
"$jdk/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --strip-java-debug-attributes --compress=2 \
  --output "$target/runtime"
# Debian's JDK leaves the authorities that are trusted to the system
[ -e "$target/runtime/lib/security/cacerts" ] || cp -L "$jdk/lib/security/cacerts" "$target/runtime/lib/security/"

natives=$(mktemp -d)
trap 'rm -rf "$natives"' EXIT
for jar in "$@"; do
  (cd "$natives" && "$jdk/bin/jar" xf "$jar" librocksdbjni-linux64.so librocksdbjni-linux-aarch64.so META-INF/native)
done

# Those for other processors are no programs here, and ldd says so by its exit code.
linked() {
  find "$target/runtime" "$natives" -type f \( -name '*.so*' -o -path '*/bin/*' \) -print0 |
    while IFS= read -r -d '' file; do ldd "$file" 2>/dev/null || true; done |
    grep -oE '(^|[[:space:]])/[^ ]+' | tr -d ' \t' | grep -vF -e "$target" -e "$natives" | sort -u
}
linked | while read -r library; do
  mkdir -p "$target/system${library%/*}"
  cp -L "$library" "$target/system$library"
done
# Older C libraries look names up by these, which nothing is linked to.
for library in libnss_dns.so.2 libnss_files.so.2 libresolv.so.2; do
  found=$(ldconfig -p | awk -v name="$library" '$1 == name && !found++ { print $NF }')
  [ -z "$found" ] || cp -L "$found" "$(dirname "$(find "$target/system" -name 'libc.so.6')")/"
done

echo 'chordata:x:10001:10001:Chordata:/tmp:/usr/sbin/nologin' > "$target/system/etc/passwd"
echo 'chordata:x:10001:' > "$target/system/etc/group"
echo 'hosts: files dns' > "$target/system/etc/nsswitch.conf"
