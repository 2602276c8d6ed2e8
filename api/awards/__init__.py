"""Nominations and awards: a colleague is proposed, whoever looks after the budget agrees, and the award is a
thank-you in the feed that carries points from the department's award budget.

The points are held when somebody is proposed: a budget that is used up says so then and there, and an approval never
meets an empty one.
"""
