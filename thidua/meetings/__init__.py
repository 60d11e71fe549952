"""The council as it meets: terms and posts, meetings, attendance, agenda."""

from thidua.meetings.cases import Cases
from thidua.meetings.councils import Councils, Member
from thidua.meetings.sitting import Meetings

__all__ = ["Cases", "Councils", "Meetings", "Member"]
