"""Rewards: the catalogue, one's orders, and HR's side of both."""

from frontend.pages.rewards import catalogue, fulfilment, manage, orders, payroll, settings, stock

ROUTES = [
    *catalogue.ROUTES,
    *orders.ROUTES,
    *manage.ROUTES,
    *stock.ROUTES,
    *settings.ROUTES,
    *fulfilment.ROUTES,
    *payroll.ROUTES,
]
