"""Who hears of which event, and where: in the page, by e-mail, by webhook, in a chat. Nobody imports this slice."""
