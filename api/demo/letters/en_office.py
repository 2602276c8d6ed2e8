"""English letters on the edges behind the patient: registration, coding, billing, IT, facilities, staff."""

LETTERS = {
    "billing>registration": """
t The card reader was down and {5-11} emergency cases had no insurer. You did not make us wait for a list, you asked every patient at the bedside. All of
  them made the deadline.

r Since you take the number from the card and not from the old case, our rejections have gone from {19-34} a week to {3-8}. That is nearly a
  working day for me.

c Same name, same birthday, two women. You stopped and compared the addresses. We would have billed one for the other's hip.

a You asked me what we do with the field for the referring doctor. A lot, as it happens. It has been filled in since {day}.

k A relative complained about our bill at your desk, loudly. You stayed calm and gave him my direct line. He ended up thanking us.

t A morning at your desk was harder work than a week of reminders. Thank you for showing me the three places where you have to guess. We can get rid of two.

r {6-12} cases without a reason for admission, late on a Friday. I was ready to leave them until Monday. By {14:40-15:20} they were all done.
""",
    "billing>coding": """
r End of the month: {#48-71} cases open on {day}, {#0-4} by the evening. We sent everything in one run.

c You found the second diagnosis that the letter only mentions in half a sentence. {1150-3900} euros, honestly earned, with proof.

t The auditors wanted {4-7} charts at once. You wrote the reasons with me, paragraph by paragraph. No cuts.

a You asked whether the invoice was already out before you changed the group. It was, two hours earlier, and I could stop it.

k I still do not quite understand case groups. You explain them every time as if it were the first, this time with apples and crates. It helped.

c One digit the wrong way round turns an appendix into a broken arm. You did not click the warning away.

t You let me code one case from start to end. I now know why two days is not slow.

r {24-36} hours from discharge to release. The insurer pays faster than my electricity company.
""",
    "billing>it": """
c The receipts did arrive, but they were empty. You noticed. We would have wondered in four weeks why nobody pays.

t New file format with {6-9} days' notice. You sat through a test run with us on {day}, then another, then one more. On the day: no errors.

a “Why do you print the reminder list?” Because we always have. We do not any more, and I no longer sit by the printer.

k Password forgotten, for the {#4-9}th time this year. No remark, just the new one.

r The run broke off at invoice {#118-197}, and you resumed it there and not from the start. Nothing was sent twice.

c One cent off, over {2000-4000} invoices. You found it while we were still recounting.

t For the end of the month the backup ran an hour later. One call, one yes, no form.

k New screens, everything elsewhere. You sat next to us for {2-3} days and found no question silly, not even mine.
""",
    "billing>ward_5b": """
r {5-9} discharge letters, all within two days. We closed the cases before the insurer asked for the first time.

c Right date in the letter, wrong date in the chart. You compared the two and rang us.
""",
    "ward>registration": """
r Announced for ten, here at {9:50-10:10}, wristband on, labels in the folder, and a patient who knew where he was going.

k She had been crying in the waiting area. You rang so that somebody up here would have time for her. Somebody did.

t {6-9} admissions on {day}, two free beds. You spaced them so that we could discharge in between. Nobody lay in the corridor.

c Needs isolation, said page three of the nursing home's letter. You read page three.

r Out of labels at {2:20-4:50}. You printed {4-6} sheets and brought them up, because our printer had given up as well.

k He came straight from his garden with nothing. You rang the neighbour, who now feeds the cat. He asks about the cat every day. It is fine.

c The birthday on the wristband was not the one on the passport. You came up yourself, minutes before we would have taken blood.

k He had brought his dog. You sent neither of them away, you rang his sister.

c “He says he is {62-69}, and it says {72-79} here.” You did not believe the computer. Two brothers, one file.

r Moved rooms three times, and the system always knew the right bed. Lunch found everyone.
""",
    "radiology>registration": """
r The case number before the patient. Not after, not with: before. {34-52} examinations, not one picture without a name.

c The referral said right knee, and he limped on the left. One call to his doctor. It was the left.

t Our booking system was down, and you passed {11-18} patients through with numbered slips like a bakery. It worked beautifully.

k The wheelchair did not fit through our door, so you carried the paperwork out to her.

r All papers in one folder, the nursing home's number on top. I rang once and somebody answered.

a Nobody had ever asked whether we want a booking too early or not at all. Too early, please!

k The child would not go into the room with the big machine. You called it in from outside, its teddy first.

r Pregnant, urgent, no booking, {16:50-18:20}. You moved her up, rang us and walked her over. Both are well.
""",
    "ward_5b>it": """
t The round trolley lost its network between 508 and 512. You walked along with a laptop on your arm for {2-3} rounds. It was the fire door.

r Charts gone at {1:50-4:20}. You picked up after two rings and led us through the paper fallback. No dose was missed.

k I have been here longest of all and hated the new chart. You wrote down the {5-7} buttons I really need. Now I only hate the colour.

a Do we read the warning on every ibuprofen? Honestly, no. You asked, it is gone, and we read the others again.

c You saw that our chart was an hour fast, the day after the clocks changed. {14-22} doses would have had the wrong stamp.

t You put the trial run into our quietest hour, which is {4:10-5:20}, and brought cake.
""",
    "registration>it": """
r Card reader on desk {#1-5} dead, queue out to the doors. You were there in {5-9} minutes with a new one and took the old one away so that nobody
  plugs it in again.

t The insurer used to be on page three of the new form. You sat at our desk for an hour and watched. It is on page one now.

k I reported a broken computer, {lately}. The screen was switched off. You said the cable had been a bit loose as well.

a “What do you type twice most often?” The phone number. Not since {day}. With {120-160} admissions you feel it in your fingers.

r Outage at {6:10-7:20}, right in the planned admissions. An honest line every ten minutes, what you know and what you do not. You can stand in front of a queue with that.

k I said “the red thing with the cross” on the phone, and you knew what I meant.

c You noticed that our queue numbers repeat after 97. So that is why there were always two of them!

t The new scanner reads passports from half of Europe and one bus pass. The bus pass was my wish.
""",
    "radiology>it": """
r Archive full at {10:20-11:40}, {7-12} patients undressed. You made room in {20-35} minutes and not one picture was lost.

c You saw that the clock on the CT was {3-6} minutes slow. With contrast and resuscitation that matters.

t Pictures from the partner hospital used to come on a disc, by taxi. Since {day} they are simply there. The taxi driver misses us.

k The boss wanted his windows arranged differently for the fifth time. You arranged them differently for the fifth time.

a You asked which click annoys us most. “Are you sure?” when printing. Gone.

c Somebody logged in from outside at {2:20-4:40}. You rang us first and then locked it. It was none of us.
""",
    "laboratory>it": """
r The results interface came back after the update, and you stayed until the first {60-140} values had arrived upstairs.

c You saw that the unit got lost on export. Without it they are just numbers.
""",
    "theatres>facilities": """
r Ventilation in theatre {#1-6} back in range at {2:10-4:50}, measured again before the first incision. Nothing was cancelled.

c You found a cracked bolt under the table during the check. The next patient weighed {120-160} kilos.
""",
    "sterile>facilities": """
r No steam at {4:30-5:40}. You came in from home, we had pressure at {6:10-6:40}, and upstairs nobody noticed.

a Why do we lift the trolleys over that sill? Because it was there. It is not there any more. My back says hello.

c You saw from the film on the clamps that the softener was done. The test agreed with you. That would have cost us {2-3} machines.

t Machine service at night and not in the morning: a short night for you, {40-60} trays for us.

r The lift at the packing table works again. {8-12} trays a day that I no longer raise from my knees.

c You heard the vacuum pump in passing. The bearing was done, {2-3} days before the weekend.

k Two fans and a crate of water at {33-36} degrees. No order, no comment.
""",
    "ward_3a>facilities": """
r The bed in room {room} would not go up and she could not breathe lying flat. {8-14} minutes from my call to the new bed.

k You bled the radiator in room {room} and listened to the man who used to be a plumber. He was proud all afternoon.

c You found that the shower alarm was dead while changing a bulb. Nobody had needed it. Yet.

t Four rooms to move, two days planned, one needed, and every picture is back on its own nail.
""",
    "icu>facilities": """
r Power switch-over on {day}, announced to the minute, {3-5} of you next to the beds in case something beeped. Nothing beeped.

c Oxygen pressure a touch low, no alarm yet. You looked anyway. {10-14} ventilators were on that valve.

k She had fallen asleep for the first time in two nights, and you did the repair at her bed without a sound.

a You asked which alarms we have to hear at night. The bell of the store room was not among them.

t Rebuilding bed {#1-14} while we worked, {4-6} nights, quietly, behind a curtain. The patients took it for cleaning.

c You heard that one suction sounds different. I would have sworn it always sounds like that.

k The families were sitting on boxes in the corridor. One morning there were four armchairs and a reading lamp.
""",
    "pharmacy>billing": """
r Extra fees for {7-12} patients, papers from me on the evening before. You got them in, complete.

a “Who orders on 4711?” Nobody knew. Now we know, and it is closed.

t You sat on a call with us and the insurer for {70-110} minutes. Then the cell therapy was approved.

k You took that supplier off me, the one who shouts. He no longer shouts.
""",
    "hr>billing": """
r Travel money for {8-14} people, all paid before the first of the month. Someone actually thanked us. I am passing it on.

c You saw that the course fee was taken twice from {3-5} nurses. They would have noticed much later, if at all.

t We cut the travel form from {4-5} pages to one. There is even some space left on it.

k The trainees claimed their travel for the first time, and it showed. You wrote back to each of them.

r Asked for an advance at {9:20-11:40}, paid the same afternoon. The train left the next morning.
""",
    "ward_3a>billing": """
k She could not sleep because she thought the single room would cost her {1900-3400} euros. You told her in two minutes, by phone, that it would not. She slept.

r Asked about a supplementary insurance at {11:10-14:30}, answered {8-12} minutes later, in a sentence I could read out.

a You asked what people want to know about bills at the bedside. It is always the same: do I have to pay something now?

c She had stopped paying for the supplement in January. You told us before she moved rooms, not after.

t Two hours of questions on 3A with a flask of tea. The phone has been quiet since.
""",
    "icu>hr": """
r The licence for our colleague from Kerala is here, {4-7} weeks early. I know how many calls that was.

k After {day} you rang to ask who wants to talk and who needs a day off. Two of us said yes.

t Three ill in one week, and you found someone from the pool who can ventilate. We closed no bed.

r The mentoring allowance is finally on the payslip, back pay included. Two people beamed this morning.

c The draft said rotating shifts instead of nights. You rang before she signed.

k She comes back after {7-11} months of illness, to a plan that fits her and not the form.
""",
    "ward_5b>hr": """
r First day of our new assistant: keys, clothes, access, badge. All there. She thought that was normal.

k I had to cut my hours overnight because of my father. You did not ask whether, only from when.

c Leave carried over wrongly, {3-6} days short, mine and two others'. You found it yourselves and wrote to us.

t An interview on the ward and not in the meeting room, that was your idea. She saw at once what it is like and said yes.

r Contract for the bank nurse asked for on a Monday. She started on the Wednesday.

a You asked the new ones what they had been looking for on day one. It was the car park. The folder says so now.
""",
    "it>hr": """
r All {6-11} starters were in the system {5-8} days ahead. Nobody sat without access on the first morning.

c You told us that someone left {3-5} weeks ago and his account had not. Closed now, and leavers come automatically.

k Parental leave, part time, on-call, and I do not speak payroll. You did the sum with my own numbers, over the phone.

t Half technical questions, half people questions. I am grateful for your half of the interviews.

a You asked which access a bank nurse really needs. None of those she had.
""",
}
