"""`make bench`: the engine by itself, the planner, then each page against a bare Django page."""

from __future__ import annotations

from tests.bench import bench_engine, bench_plan, bench_web

if __name__ == "__main__":
    bench_engine.main()
    bench_plan.main()
    bench_web.main()
