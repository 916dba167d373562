"""The geometry of the drawings: plain values in, coordinates out. Colours are classes of the style sheet."""

from tracker.pictures.heat import HeatMap, heat_maps
from tracker.pictures.hours import WEEKS_DRAWN, BarChart, hours_chart
from tracker.pictures.lines import LineChart, Point, line_chart, thinned
from tracker.pictures.neighbours import Neighbourhood, neighbourhood
from tracker.pictures.timeline import NARROW, WIDE, Bar, Layout, Timeline, timeline

__all__ = [
    "NARROW",
    "WEEKS_DRAWN",
    "WIDE",
    "Bar",
    "BarChart",
    "HeatMap",
    "Layout",
    "LineChart",
    "Neighbourhood",
    "Point",
    "Timeline",
    "heat_maps",
    "hours_chart",
    "line_chart",
    "neighbourhood",
    "thinned",
    "timeline",
]
