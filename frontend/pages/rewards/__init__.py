"""Rewards: the catalogue, one's orders, and HR's side of both."""

from frontend.pages.rewards import catalogue, fulfilment, manage, orders, payroll

ROUTES = [*catalogue.ROUTES, *orders.ROUTES, *manage.ROUTES, *fulfilment.ROUTES, *payroll.ROUTES]
