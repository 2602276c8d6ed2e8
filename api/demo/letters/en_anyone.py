"""English letters across undeclared edges, within a department, to two departments at once; openings, closings."""

LETTERS = {
    "pharmacy>laboratory": """
c The level was too high and the time of the draw did not fit. You rang instead of just sending the value. The dose stayed, and that was right.

t We went through {#40-60} old samples together for the new antibiotic guide. Without your statistics it would have been a wish list.

r Clotting values straight to us every morning before {7:30-8:15}. We dose by number now, not by feeling.
""",
    "registration>billing": """
a The list “what happens to your tick” is on our wall. After {8-14} years I know why I tick it.

r Every rejection comes with one sentence that says why. I need fewer of them each month.

k I had {9-14} cases in the wrong place. You did not send a list, you rang: “Shall we do it together?”

c You noticed that one insurer was missing from our list. So that is why we all ticked “other”.

r You rang back before {14:00-15:30} as promised, with a reference. The patient was still sitting here.
""",
    "coding>billing": """
t You sent me the whole exchange with the insurer and not just the refusal. Now I know what the letter has to say.

c You noticed that it is always the same insurer and the same digit. We objected {4-7} times and won.

r Every refused case with the reason, the date and a name at the insurer's. My morning was short.

k My stomach turned before the audit call. You put a chair next to mine and listened in.
""",
    "it>any": """
r An error report with the time, a picture, and “I had just clicked print”. I read it out to the team. Solved in {6-11} minutes.

t You broke everything we had missed in the new form, {8-13} things, before it went live.

k All lines ringing, everything down, and you turn up with waffles. No ticket, just waffles. 🧇

a “Before you build it: we do not need it.” A sentence has rarely made me so happy.

r Computers off, cables labelled, as promised. We were home at {18:10-19:40} instead of ten.
""",
    "facilities>any": """
c You reported the damp patch when it was the size of a saucer. By Monday it would have been a hole.

k Coffee at {5:40-6:20} for two people on a ladder, without being asked.

r Room empty, bed stripped, door open, as agreed. We were done in {20-40} minutes.

c You smelled something burning. A power strip behind the cupboard, with {5-7} plugs in it.

a You asked what is in the wall before drilling. Water was in the wall.

t The old cupboard fitted through no door. You unscrewed, carried and laughed with us.
""",
    "ward>ward": """
t {3-4} bells at once and two of us left. You came over without being asked and did the evening round with us.

k Our patient set off for home at {2:40-4:50} and got as far as you. You had tea with him and walked him back.

c When we moved the patient you saw that he wore two pain patches. One was ours.

r Not a pillow left on {ours}. Five minutes later there were {6-9} on our trolley, with covers.

r The pump came back clean, and with its cable. With its cable!

k You made a coffee for our patient's daughter while everything was on fire over here.

a “How do you handle the bells at night?” The question became a list, and the list a quieter night.
""",
    "ward>any": """
k The family for room {room} stood at the wrong entrance at {19:10-21:20}. You walked them through the whole house.

t No wheelchair, patient due, lift full. You found one somewhere. I am not asking where.

k You translated for our patient into {tongue} for {20-40} minutes, in your own break. It was the first time he really understood what was
  going to happen.

r Our last drip stand was gone at {1:10-4:30}. Ten minutes later there was one, with four wheels that all wanted to go the same way.

c A tablet on the corridor floor. You did not bin it, you asked whose it was. It belonged to room {room}.

k Her birthday, and nobody came. I do not know how you knew. The cake was there.
""",
    "office>any": """
t Before the audit a folder lay on our desk, with tabs. I had asked for a file.

r My mail was answered in {12-25} minutes, with the answer to my next question in it.

a You said in the round that it cannot work like this. I had not dared to.

c You found the mistake in row {#48-212} of my sheet. The corrected one went out five minutes later.

k You showed our intern round the house for an hour and a half. She now knows more than I do.

r The minutes were out an hour after the meeting, with everything I had promised in them. Including what I had hoped to forget.

k I lost my thread in that meeting. You asked something I knew the answer to.
""",
    "any>any": """
k You translated into {tongue} for a family that had been lost in here for two hours. Grandfather bowed three times.

r You said “leave it with me”, and {lately} it was done.

t Lift {#1-4} was out, so you carried boxes up with us. Third floor, {11-16} boxes.

k I felt faint in the canteen. You sat me down, fetched water and rang my team. All well again.

c You found my badge in the car park and brought it round before I had missed it.

t A lift in your car when the roads were ice, at {5:05-5:40}. Shift on time, feet dry.

r Thanks for finding the wheelchair.

a You told me that my mails sound like orders. I am practising.

k You saw that I was not well, {lately}, said nothing and put a tea down. Exactly right.

t Cake for the night shift, with a note. It was the one with cherries.

k You walked the lost woman from the entrance to A&E and waited until someone had time for her.

c The smoke detector in the stairs chirped for days. Everyone walked past. You did not.

r Swapped shifts on {day} at no notice, so I saw my daughter's first day at school. I owe you one.

t You held every door for us: bed, pumps, and my coffee on top.

a You asked about bike racks under “any other business”. {#20-40} people nodded. There are racks now.

k You asked how I was, in passing, and waited for the answer. Hardly anyone does.

r “I will ring back in ten minutes.” It rang after nine.

t A blood donor was needed for a colleague's child. You had {#24-37} names in an afternoon.

c Wrong room on the invitation. You stood at the door and sent everyone the right way.

a “What does that stand for?” Two of twelve people knew. We write it out now.

t {40-60} minutes on your knees under the vending machine for my grandmother's ring. You found it.

k The coffee was on the carpet and the visitors due at two. You were faster with the cloth than I was.

c Boxes in front of the emergency exit. You moved them, and then you reported them.

r My bicycle had a flat tyre in the morning and none in the evening. I have my suspicions. Thank you!

t Last over the line at the hospital run, and there was still someone with a banana. 🍌
""",
    "any>facilities": """
r Spare key at {21:30-23:50}, on a {day}, no discussion. I would have slept in the archive.

k {31-34} degrees, and suddenly there was a fan in the door. There was no ticket for it.

t {12-18} crates, one pallet truck, no work order. You came past, saw us and lent a hand.
""",
    "any>registration": """
r Lost property: one denture, two hearing aids, one wedding ring. You found all the owners.

k My father came as a patient and did not know that I work here. You treated him like everyone else, which is to say very well.
""",
    "any>it": """
k I asked where the drive is for the fourth time. You put a shortcut on my desktop, with a heart for an icon.

r Laptop dead at {16:10-17:30}, talk the next morning. By {18:20-19:40} I had my slides back, even those I had never saved.

c “Did you click the link?” I had. You locked my account in {4-7} minutes and said nothing about it.
""",
    "any>hr": """
k My mother went into hospital, another one, {400-600} kilometres away. Within an hour you had found me two free weeks.

r Certificate for the landlord, wanted by {workday}, here after {20-40} minutes. We got the flat.
""",
    "own": """
t You took my late shift, {lately}. I sat in the parents' evening for once, on a very small chair.

k My first month here. You answered every question, including the ones I had asked before.

r Empty desk, full handover note. That is how I want to come back to work.

c You found my typo before it left the building. I am not saying which. Thank you for not saying either.

a You said what everyone was thinking about the list. Uncomfortable, and it has been right ever since.

k You sent me home when I still claimed to be fine. 38.9, to be exact.

t Two ill, one away, and {day} was still not a bad day. That was the mood in here.

c “Are you sure?” Three words, and no, I was not.

t You held the fort when the nursery rang. It was chickenpox.

a Thank you for contradicting me. I slept on it, and you were right.

k For the farewell you thought of everything: pictures, song, tissues. Above all the tissues.

r The board by the door has said who is in and who is not every morning for weeks. I know who comes in early for it.

c The date on the fire extinguisher! Nobody ever reads that.

t You left me the window seat for the whole of the move. I noticed.
""",
    "own:night": """
t Night shift for two, {3-5} admissions, one fall. You made scrambled eggs at {4:10-5:20}. Best of my life.

r Your handover at {5:50-6:25} was so clear that I could simply start.

k You took my difficult patient without my having to ask. Sometimes two people just do not click.

c You saw that I had mixed up two names. No drama, just a swap and a second look.
""",
    "own:desk": """
r {#90-140} mails while I was away, {3-5} left open. I felt superfluous for a minute and then very rested.

a You asked whether we still need the list from 2014. Silence. It is deleted.

t {2-3} months of filing in one afternoon, with music. I will bring the biscuits next time.
""",
    "ward>laboratory+pharmacy": """
+t Level measured at {6:10-7:20}, dose changed by {7:40-8:30}, and we did not pick up the phone once. You settled it between you, and the patient in room {room} is
  clear again.
""",
    "icu>laboratory+pharmacy": """
+r Sepsis at {2:20-4:10}: cultures, antibiotic, lactate, all in under {45-55} minutes in the middle of the night. That was you.
""",
    "billing>registration+coding": """
+t Three departments, one table, {17-26} cases. In an hour and a half we knew where the data gets lost. It is one single field.
""",
    "any>any+any": """
+t You did not know each other, met in the corridor on {day} and solved it together. I only had to stand next to you.

+r Summer party: {#24-36} benches, one tent, no quarrel. Try that with two departments.

+k When the visitor fell outside the canteen, you were all there, from three directions. He is home and has sent flowers.

+a The same question from two departments on the same day, without you knowing of each other. So it was our form. It is a page shorter now.
""",
}

OPENINGS = """
* {name}, #

* Dear {name}, #

* Hi {name}, #

* Hello {name}, #

k Short but heartfelt: #

* Before it gets lost: #

* This has to be said: #

* A late note: #

rc For the record: #

tk Nobody had time to say it then: #

* I owe you a sentence: #

c I did not want to say this between two doors: #

a Worth passing on: #

t A small story: #
"""

CLOSINGS = """
* Thank you!

* Thanks.

* Thank you for that.

tr Say hello to {@them}, too.

* Thank you from all of us {from_ours}.

tr Coffee is on me.

tr There is cake in our kitchen, come by.

kc We will not forget it.

tr You have a favour left with us.

k That is all I wanted to say.

t See you in the corridor.

rc I told our manager, too.

tk We still talk about it.

t If you ever need anything: {phone}.

r Saved my day.

tr That saved our afternoon.

ra Please keep doing exactly that.

ca Thanks for thinking along.

k Glad you are here.

* 🙏

a Keep asking.

c Well spotted.
"""
