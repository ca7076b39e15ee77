#!/usr/bin/env bash
# What the Action of action.yml runs: one `kb check`, told as annotations, in the summary of the job, and as SARIF.
# Names of files and branches may be anybody's: they come in the environment (KB_ARTICLES and KB_ARGS, KB_BASE,
# KB_SARIF), and never become a part of a script. Written for the bash 3.2 of macOS.
set -euo pipefail

summary="$(mktemp)"
trap 'rm -f "$summary"' EXIT

set -- check --format github --report "markdown=$summary"
if [ -n "${KB_SARIF:-}" ]; then set -- "$@" --report "sarif=$KB_SARIF"; fi
if [ -n "${KB_BASE:-}" ]; then
  if [[ $KB_BASE =~ ^[0-9a-f]{40}$ ]]; then # another name could be an option of git
    if ! git cat-file -e "$KB_BASE^{commit}" 2>/dev/null; then # as in a checkout of depth 1
      git fetch --quiet --no-tags --depth=1 origin "$KB_BASE" || true # if it fails, kb check says what to do
    fi
    KB_BASE="${KB_BASE:0:12}" # as it is read in the summary
  fi
  set -- "$@" "--diff=$KB_BASE"
fi
while read -r option; do
  if [ -n "$option" ]; then set -- "$@" "$option"; fi
done <<<"${KB_ARGS:-}"
set -- "$@" --
while read -r article; do
  if [ -n "$article" ]; then set -- "$@" "$article"; fi
done <<<"${KB_ARTICLES:-}"

status=0
"$GITHUB_ACTION_PATH/.venv/bin/kb" "$@" || status=$?
cat "$summary" >>"$GITHUB_STEP_SUMMARY"
exit "$status"
