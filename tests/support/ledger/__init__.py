"""A seeded simulation of people who use points: concurrent, repeated, interrupted, with a clock that jumps.

`world` holds the people, the clock and the crashes, `operations` what people do (through the real services), `books`
checks after each round what stands in the database against what was acknowledged. A slice that moves points appends
its operations to `operations.OPERATIONS` and its checks to `books.CHECKS`.
"""
