from tracker.engine.plan.ask import Ask, Goal, Mode, after, goal_of, points_of
from tracker.engine.plan.order import PlanStep
from tracker.engine.plan.planner import TIME_LIMIT, Left, Obstacle, Plan, Source, at_pace, make_plan
from tracker.engine.plan.solver import Bounds, Watch

__all__ = [
    "TIME_LIMIT",
    "Ask",
    "Bounds",
    "Goal",
    "Left",
    "Mode",
    "Obstacle",
    "Plan",
    "PlanStep",
    "Source",
    "Watch",
    "after",
    "at_pace",
    "goal_of",
    "make_plan",
    "points_of",
]
