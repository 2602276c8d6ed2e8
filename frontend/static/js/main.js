// Behaviours of the pages. Each file adds one; every page works without any of them.
import "./draft.js";
import "./errors.js";
import "./shortcuts.js";
import "./character-counter.js";
import "./live-feed.js";
import "./notification-list.js";
import "./mention-box.js";
import "./people-picker.js";
import "./planning-board.js";
import "./theme-choice.js";
import "./toast-message.js";
import "./undo-countdown.js";
import "./unread-bell.js";
import "./writing-help.js";
