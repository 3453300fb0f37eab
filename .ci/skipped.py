"""Fails, and says which, if any test of the last build was skipped: on this machine all that they need is installed."""

import glob
import sys
import xml.etree.ElementTree as ElementTree

reports = sorted(glob.glob("*/target/*-reports/TEST-*.xml"))
cases = [case for report in reports for case in ElementTree.parse(report).getroot().iter("testcase")]
skipped = [case for case in cases if case.find("skipped") is not None]
for case in skipped:
    print(f"skipped: {case.get('classname')}.{case.get('name')}: {case.find('skipped').get('message')}", file=sys.stderr)
if not cases:
    sys.exit("no test report found: did the build run?")
if skipped:
    sys.exit(f"{len(skipped)} of {len(cases)} tests were skipped")
print(f"{len(cases)} tests, none skipped")
