"""One small file for each way to tell somebody: page, e-mail, webhook, Slack, Teams, Mattermost."""
