#!/usr/bin/env bash
# The steps of action.yml: `install` builds or downloads lintel, `check` runs it. The inputs are environment variables.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$RUNNER_TEMP/lintel
program=$out/lintel
if [[ ${RUNNER_OS:-} == Windows ]]; then program+=.exe; fi
mkdir -p "$out"

fail() {
	echo "::error title=lintel::$1"
	exit 2
}

# archive prints the line of integrations/checksums.txt for this runner, if there is one.
archive() {
	local os arch
	os=$(tr '[:upper:]' '[:lower:]' <<<"${RUNNER_OS:-}")
	case $os in macos) os=darwin ;; esac
	case ${RUNNER_ARCH:-} in
	X64) arch=amd64 ;;
	ARM64) arch=arm64 ;;
	*) return ;;
	esac
	awk -v suffix="_${os}_$arch." '!/^#/ && index($2, suffix) {print $1, $2; exit}' "$here/integrations/checksums.txt"
}

sha256() {
	if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

install() {
	local sum address file
	read -r sum address <<<"$(archive)" || true
	if [[ -n ${address:-} ]]; then
		file=$out/${address##*/}
		curl --proto '=https' --fail --silent --show-error --location --retry 3 --output "$file" "$address"
		[[ $(sha256 "$file") == "$sum" ]] || fail 'the downloaded archive does not match the digest in ci/checksums.txt and was not unpacked'
		case $file in
		*.zip) unzip -qo "$file" -d "$out" ;;
		*) tar -xzf "$file" -C "$out" ;;
		esac
		return
	fi
	command -v go >/dev/null || fail 'Go is not installed, which is required to build lintel; add a step with actions/setup-go before this one'
	# go.sum pins every library. An older Go downloads the required toolchain and verifies it with the checksum database.
	CGO_ENABLED=0 GOENV=off GOWORK=off GOFLAGS=-mod=readonly GOTOOLCHAIN=${GOTOOLCHAIN:-auto} \
		go build -C "$here" -trimpath -ldflags='-s -w' -o "$program" ./cmd/lintel
}

# base prints the base of a pull request: the first parent of the merge commit, which a checkout of two commits contains, or
# the base branch.
base() {
	if [[ ${GITHUB_REF:-} == refs/pull/*/merge && $(git rev-parse HEAD) == "${GITHUB_SHA:-}" ]] &&
		git rev-parse --verify --quiet 'HEAD^2^{commit}' >/dev/null; then
		git rev-parse 'HEAD^1'
	else
		echo "origin/$GITHUB_BASE_REF"
	fi
}

# lines splits its argument into the array lines, without empty lines.
lines() {
	local line
	lines=()
	while IFS= read -r line || [[ -n $line ]]; do
		line=${line%$'\r'}
		if [[ -n $line ]]; then lines+=("$line"); fi
	done <<<"$1"
}

check() {
	local args=(--format=github "--output=sarif=$out/lintel.sarif" "--output=markdown=$out/report.md")
	local against=${LINTEL_AGAINST:-}
	unset LINTEL_AGAINST # lintel reads it, too, and "none" is no revision
	if [[ -z $against && -n ${GITHUB_BASE_REF:-} ]]; then against=$(base); fi
	if [[ -n $against && $against != none ]]; then args+=("--against=$against"); fi
	if [[ -n ${LINTEL_PROFILE:-} ]]; then args+=("--profile=$LINTEL_PROFILE"); fi
	if [[ -n ${LINTEL_FAIL_ON:-} ]]; then args+=("--fail-on=$LINTEL_FAIL_ON"); fi
	if [[ -n ${LINTEL_BASELINE:-} ]]; then args+=("--baseline=$LINTEL_BASELINE"); fi
	lines "${LINTEL_ARGUMENTS:-}"
	args+=(${lines[@]+"${lines[@]}"}) # in the bash of macOS an empty array is unset
	lines "${LINTEL_PATH:-.}"

	rm -f "$out/lintel.sarif" "$out/report.md" "$out/lintel.md"
	local code=0
	"$program" check "${args[@]}" -- ${lines[@]+"${lines[@]}"} 2>"$out/stderr" || code=$?
	if [[ -s $out/stderr ]]; then # must not be interpreted as workflow commands
		local token
		token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
		echo "::stop-commands::$token"
		cat "$out/stderr"
		echo "::$token::"
	fi
	if [[ -f $out/lintel.sarif && -f $out/report.md ]]; then
		{ echo '<!-- lintel -->' && cat "$out/report.md"; } >"$out/lintel.md"
		cat "$out/report.md" >>"$GITHUB_STEP_SUMMARY"
		printf 'sarif=%s\nmarkdown=%s\n' "$out/lintel.sarif" "$out/lintel.md" >>"$GITHUB_OUTPUT"
	else
		echo 'lintel could not run; see the log of the step.' >>"$GITHUB_STEP_SUMMARY"
		echo '::error title=lintel::lintel could not run; see the log of the step'
	fi
	printf 'exit-code=%s\n' "$code" >>"$GITHUB_OUTPUT"
	return "$code"
}

case ${1:-} in
install) install ;;
check) check ;;
*) fail 'usage: github-action.sh install|check' ;;
esac
