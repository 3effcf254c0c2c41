#!/bin/sh
read -r hello; echo '{"ready": "exec/1", "kind": "filter"}'
while read -r paper; do
  case $paper in *github.com*) echo '{}' ;; *) echo '{"drop": "no code"}' ;; esac
done
