#!/bin/sh
# The browser and the fonts that the browser tests need, where Debian packages are at hand and may be
# installed; elsewhere those tests say that they were not run.
set -u
if command -v chromium >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi "noto.*cjk"; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null
else
    echo "chromium and fonts-noto-cjk are not here and cannot be installed: browser tests will be skipped" >&2
fi
exit 0
