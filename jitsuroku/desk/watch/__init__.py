"""The watch: what changed in the record with the pages that came in."""

from jitsuroku.desk.watch.changes import Change, changes
from jitsuroku.desk.watch.report import Report, atom_file, report_lines, report_value
from jitsuroku.desk.watch.rounds import begin, finish, last_reports, report_on
from jitsuroku.desk.watch.versions import Touched

__all__ = [
    "Change",
    "Report",
    "Touched",
    "atom_file",
    "begin",
    "changes",
    "finish",
    "last_reports",
    "report_lines",
    "report_on",
    "report_value",
]
