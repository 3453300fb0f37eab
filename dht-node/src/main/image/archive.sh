#!/usr/bin/env bash
# archive.sh RUNTIME TARGET JAR CLASSPATH: makes TARGET/chordata.jsa, the classes that a node and the commands on objects begin
# with as the runtime keeps them in memory, so that it need not read, check and link them at each start.
#
# The runtime takes it only with the class path that it was made with: the same files, of the same time, in the order of the
# image. It compares names from where the program runs, and a container's is /: so app/libs/… here is /app/libs/… there.
set -euo pipefail
runtime=$1/bin/java target=$2 jar=$3
IFS=: read -r -a libraries <<< "$4"

work=$(mktemp -d)
node=
trap '[ -z "$node" ] || kill -9 "$node" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$work/root/app/classpath" "$work/root/app/libs" "$work/tmp" "$work/files" "$target"
cp "$jar" "$work/root/app/classpath/"
classpath=app/classpath/$(basename "$jar")
for library in "${libraries[@]}"; do
  cp "$library" "$work/root/app/libs/"
  classpath+=:app/libs/$(basename "$library")
done
# as Jib dates all files
find "$work/root/app" -name '*.jar' -exec touch -d @1 {} +
cd "$work/root"

# in a process of its own, which it becomes
program() {
  exec "$runtime" "-Djava.io.tmpdir=$work/tmp" -XX:TieredStopAtLevel=1 "-XX:DumpLoadedClassList=$work/$1.classes" \
    -cp "$classpath" io.chordata.node.cli.Main "${@:2}"
}

# A node takes no option that it does not know, and whoever builds may have some of their own.
unset "${!CHORDATA_@}"
export CHORDATA_ACCESS_KEY=archive CHORDATA_SECRET_KEY=never-used-but-while-the-archive-is-made
export CHORDATA_CLUSTER_SECRET=$CHORDATA_SECRET_KEY XDG_CACHE_HOME=$work/cache
log=$work/log

# Somebody else may have a port that was drawn.
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 10000))
  address=127.0.0.1
  rm -rf "$work/data"
  : > "$log"
  program node node --init --data "$work/data" --s3 $address:$port --admin $address:$((port + 1)) \
    --internal $address:$((port + 2)) > "$log" 2>&1 &
  node=$!
  for _ in $(seq 1200); do
    grep -q event=serving "$log" && break 2
    kill -0 "$node" 2> /dev/null || break
    sleep 0.1
  done
  kill "$node" 2> /dev/null || true
  wait "$node" || true
  node=
done
[ -n "$node" ] || { cat "$log" >&2; echo "no node began to serve, so no archive of its classes can be made" >&2; exit 1; }

export CHORDATA_ENDPOINT=http://$address:$port
echo one > "$work/files/one"
(program make mb s3://archive)
(program up sync --quiet "$work/files" s3://archive)
(program down sync --quiet s3://archive "$work/back")
(program list ls s3://archive) > "$work/listed"
kill "$node"
wait "$node"
node=

cat "$work"/*.classes | awk '!seen[$0]++' > "$work/all"
rm -f "$target/chordata.jsa"
"$runtime" -Xshare:dump "-XX:SharedClassListFile=$work/all" "-XX:SharedArchiveFile=$target/chordata.jsa" -cp "$classpath" \
  > "$work/dumped" 2>&1 || { cat "$work/dumped" >&2; exit 1; }
chmod 644 "$target/chordata.jsa"
