"""Beleg reads German news articles and keeps the books on them.

import beleg
analysis = beleg.analyse("Am Freitag trat sie zurück.", published=date(2024, 3, 7))
print(analysis.times[0].earliest)
"""

from beleg.analyse import analyse, analyse_many
from beleg.records import Analysis
from beleg.version import __version__

__all__ = ["Analysis", "__version__", "analyse", "analyse_many"]
