"""What the demo's people write to each other: letters and comments in German and English.

Each module maps "giver>recipient" to letters, separated by blank lines. The first word of a letter is the
value it is tied to (t together, r reliable, c a careful eye, k kind under pressure, a dared to ask); after a
"+" the letter suits several recipients only. The rest is in the language of `grammar.py`.
"""
