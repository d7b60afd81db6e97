# SPDX-License-Identifier: MIT
"""Prints "test verdict" of each test in a JUnit file."""
import sys
import xml.etree.ElementTree as ElementTree

for case in ElementTree.parse(sys.argv[1]).iter("testcase"):
    kinds = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
    name = (case.get("classname", "") + "." + case.get("name")).lstrip(".").replace(" ", "_")
    print(name, kinds[0] if kinds else "ok")
