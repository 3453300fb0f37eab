# What the scripts of this folder share. Sourced from the root of the repository.

say() {
  printf '\n== %s\n' "$*"
}

# Program and the Debian package that brings it. The tests call these by the very path.
needed_programs() {
  cat <<'END'
/usr/bin/aws awscli
/usr/bin/chromium chromium
/usr/bin/curl curl
/usr/bin/mvn maven
/usr/bin/ps procps
/usr/bin/rclone rclone
/usr/bin/s3cmd s3cmd
/usr/bin/strace strace
/usr/bin/wrk wrk
/usr/sbin/nginx nginx-light
/usr/sbin/ip iproute2
/usr/sbin/nft nftables
END
}

# Renders the Kubernetes manifests where no kubectl does. Debian has none that is new enough, so it is built.
install_kustomize() {
  [ -x /usr/bin/kubectl ] || [ -x /usr/local/bin/kustomize ] || {
    say "building kustomize"
    GOBIN=/usr/local/bin go install sigs.k8s.io/kustomize/kustomize/v5@v5.7.1
  }
}

install_missing() {
  local packages=() program package
  install_kustomize
  while read -r program package; do
    [ -x "$program" ] || packages+=("$package")
  done < <(needed_programs)
  /usr/bin/python3 -c 'import boto3' 2>/dev/null || packages+=(python3-boto3)
  [ ${#packages[@]} -eq 0 ] && return
  say "installing ${packages[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
}

# The closing lines of surefire and failsafe, one for each module, and Maven's verdict.
closing_lines() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E '^\[(INFO|WARNING|ERROR)\] (Tests run: [0-9]+, .*[0-9]$|BUILD )'
}

fail_on_skipped() {
  /usr/bin/python3 .ci/skipped.py
}

# Debian and Temurin name their folders java-21-openjdk-amd64 or temurin-25-jdk-amd64; the JDK itself says what it is.
# Long-term releases since 17 come every fourth number.
newest_lts_jdk() {
  local home version best=0 found=
  for home in /usr/lib/jvm/*/; do
    home=${home%/}
    [ -x "$home/bin/javac" ] && [ -r "$home/release" ] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    [ -n "$version" ] && [ $(((version - 17) % 4)) -eq 0 ] && [ "$version" -gt "$best" ] || continue
    best=$version
    found=$home
  done
  [ -n "$found" ] || { echo "no LTS JDK of 17 or newer under /usr/lib/jvm" >&2; return 1; }
  printf '%s\n' "$found"
}
