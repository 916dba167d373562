from tracker.engine.plan.ask import Ask, Goal, Mode, goal_of
from tracker.engine.plan.order import PlanStep
from tracker.engine.plan.planner import TIME_LIMIT, Left, Obstacle, Plan, Source, make_plan
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
    "goal_of",
    "make_plan",
]
