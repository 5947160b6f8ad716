#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser with nobody in front of it, who does as a file says: "sign in", "refuse", or anything
else to do nothing. Notes what it was started with: browser.py FOLDER ADDRESS"""

import json
import os
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def redirect_of(address):
    try:
        urllib.request.build_opener(Stay).open(address)
    except urllib.error.HTTPError as response:
        return response.headers["Location"]
    raise AssertionError("no redirect")


def refuse(address):
    """The answer of somebody who does not want to."""
    address = urllib.parse.urlsplit(address)
    query = dict(urllib.parse.parse_qsl(address.query))
    del query["code"]
    query["error"] = "access_denied"
    return address._replace(query=urllib.parse.urlencode(query)).geturl()


def main(folder, address):
    with open(folder / "opened", "a", encoding="utf-8") as opened:
        opened.write(json.dumps({"address": address, "environment": dict(os.environ)}) + "\n")
    what = (folder / "what").read_text()
    if what in ("sign in", "refuse"):
        redirect = redirect_of(address)
        page = urllib.request.urlopen(refuse(redirect) if what == "refuse" else redirect).read()
        (folder / "page").write_bytes(page)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
