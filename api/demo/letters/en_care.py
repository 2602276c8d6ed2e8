"""English letters on the edges around the patient: laboratory, radiology, pharmacy, theatres, beds."""

LETTERS = {
    "ward>laboratory": """
c The potassium from room {room} looked haemolysed, and instead of releasing it you rang and asked for a fresh tube. The second one was
  normal. [We had the drip hanging already.|We were about to treat a number.]

r Blood culture positive at {1:20-4:40}. You did not leave it for the day shift, and the antibiotic was running {20-45} minutes
  later.

k The woman in room {room} is terrified of needles. You came up with the children's kit and asked about her dog until it was over.

a You asked why {ours} orders the same thing three times a day. It was our template. It is fixed now, and you get
  {15-30} fewer tubes a week.

c Two tubes were swapped on our side, and you spotted it from last week's values. I still feel a bit sick thinking about it. **Thank
  you for ringing.**

t Tube system down all of {day} afternoon, and somebody from the lab walked up every half hour so that we did not have to. There were three of us.

r Crossmatch asked for at {14:00-16:00}, {2-4} units ready {35-50} minutes later. He sat up and ate soup today.

k I was short with you on the phone, {lately} during handover. You stayed kind and had the answer anyway. Sorry, and thanks.

c You looked at the whole troponin curve and not just at the last value. He was [in the cath lab|down in intensive care] within the hour.

t Our student spent a morning with you and came back knowing how to mix a citrate tube. Half of {ours} has learned it from her since.
""",
    "icu>laboratory": """
r Massive transfusion on {day}: {#6-14} gases, three clotting screens, and not one call back about a label. From our side it simply worked.

c Sodium of 118, and you asked which arm the glucose was running in. The same one. New sample: 137.

k After the arrest you did not ask for the missing form first. You asked whether we were all right.

a Do we really need a full count every six hours? You asked, we had no good answer, and our patients now keep more of their blood.

t Our gas analyser died. Half an hour later yours stood next to bed {#1-14}, calibrated, and you waited for the first sample to make sense.

r The organism from bed {#1-14} was named on {day}, a day earlier than the textbook says, resistances included. Two of three antibiotics could go.

k I must have sounded tired. Fifteen minutes later the result came up the tube together with a bar of chocolate. 🍫

c Third haemolysed sample in a row. You came up and saw that it was our new adapter.
""",
    "theatres>laboratory": """
r The clotting screen was back before the patient was through the doors. Theatre {#1-6} started on time for once.

c Antibody screen positive, {2-3} hours before a hip. You did not send an e-mail, you rang the theatre. The right units were here before we
  needed them, and we did need them.

t {3-6} units in {18-30} minutes, on foot, because the lift was out. I heard you breathing on the third floor.

a You asked if we need everything reserved until evening. We do not. {8-15} units have gone back since {day} instead of expiring.

r Emergency section at {2:40-4:45}, crossmatch before the first cut. Mother and child are well, {2900-3900} grams, a girl. 💛

k I named the wrong patient on the phone, twice. You stayed calm and kept asking until name and theatre matched.

c Tube nearly empty, odd value. You did not guess, you asked for more, and the second one changed the plan.

t Our blood fridge failed. All {9-14} bags were with you in five minutes and none was lost.
""",
    "ward>radiology": """
r The film for room {room} was down for the afternoon. You squeezed it in between two CTs, and the drain was out before handover.

k He is nearly deaf and was afraid of the scanner. You wrote every step on a sheet of paper and held it up. He kept the sheet.

c Our form said no metal. You saw the scar and asked. **A pacemaker.** That form goes through two pairs of hands now.

t No porter came, so you fetched the patient from room {room} yourself. And brought him back. And tucked him in.

a You asked what we read first in a report. Since then the conclusion stands at the top, and the morning round is {10-20} minutes shorter.

c Ordered twice, once by us and once by A&E. You noticed and struck one off. One dose less for a {24-39}-year-old.

k Our patient with dementia was calling for her mother. You neither gave up nor pushed on, you hummed with her until she lay still.

r {16:20-17:50} on a Friday, a dislocated shoulder, and you said “bring her down” as if it were Tuesday morning.

t Four examinations, one trip. With a fresh hip that is worth more than it sounds.

r Booked at {9:10-10:40}, done by {11:00-11:45}, reported before lunch. He went home as promised, his daughter had come all the way.

k She speaks only Ukrainian. You had learned “breathe in, hold, breathe on”. Three words, and she smiled.
""",
    "icu>radiology": """
r Bedside chest at {4:10-5:50}, the fourth that night, and you still lined it up so that we could see the tip of the line.

c You saw the pneumothorax in bed {#1-14} before the picture was even stored, and said it out loud. The drain was in {8-14} minutes later.

t Ventilated, {4-6} pumps, two drains, off to CT. The room was rearranged before we were out of the lift.

k The family was standing in the corridor when we came back with the bed. You stopped and gave them a minute. We would have rushed past.

c “Have a look at the feeding tube, it is in the lung.” One call, before the feed was running.

r Report dictated at {5:15-6:20} so that we had it for the morning. We planned a bed with it.

a You asked whether every line needs a film when the ultrasound is fine. It does not. {6-10} pictures fewer a week.
""",
    "theatres>radiology": """
r The image intensifier in theatre {#1-6} died in the middle of a tibia. You were there with the other one in {5-8} minutes, and stayed to run it.

c You said at the time-out that the films belonged to the other side. Left is left. Everybody breathed out.

t {3-5} hours of spine in a lead apron without once asking to be relieved. There is an ice cream for you in our freezer, and I mean it.

c You saw a swab on the picture. Counted right, placed wrong. I am still grateful.

r Three discs from elsewhere, one of them scratched, and at {6:50-7:20} all three were up in theatre {#1-6}.

a You asked how often we turn the picture round. Every time. Now it comes up the right way.
""",
    "ward>pharmacy": """
c Two anticoagulants on one chart, from two doctors. You saw it before the evening round and rang. The tablets were already in the cup.

r The chemo for room {room} was ordered for eleven and came at {10:20-10:50}, because his daughter had a train at twelve. They had half an hour.

t Discharge at {15:40-17:10} on a Friday, his own chemist closed. You packed the weekend for him with a plan in large print. He is
  {79-91} and got it at once.

k She would not take another tablet. You came up, went through all {9-13} with her and crossed out {3-4}. She takes the rest.

c The penicillin allergy was only in a letter from {#2015-2021}. You read the letter.

a You asked why so much potassium expires on {ours}. Because it stands at the back. It stands at the front now.

k He speaks hardly any German. You drew his chart with a sun, a plate and a moon, and he has shown it to everyone, including the cleaners.

t Shortage of the antibiotic syrup, and before our first child needed it there was a list on the wall: what instead, how much, since when.

r Controlled drugs at {1:30-4:30}, form filled in wrongly (me). You came up with the right form instead of making me run down. We were two that night.

c It said milligrams and meant micrograms. One call from you, three quiet sentences. I stood at the window for a while afterwards.
""",
    "icu>pharmacy": """
c You caught the interaction between the antifungal and the sedation that our system does not know. Bed {#1-14} woke up the same evening.

r Noradrenaline was short in the whole house. Every morning at {6:30-7:15} you counted and told us how far it would go. We never had to turn
  a pump down for it.

t Syringes for the night, made up, labelled, in the right slot. We used to draw them up ourselves at eleven, two of us, in bad light.

k The parents wanted to know what all of it was. You explained every one of the {7-11} pumps. They ask different questions now.

a You asked whether everyone needs the stomach tablet. {5-8} of them did not.
""",
    "theatres>pharmacy": """
c New box, nearly the same ampoule, another drug. You put a red ring round it and told us before the first case.

r All six anaesthetic trolleys full at {6:20-6:50}, although the delivery came in the night.

t Dantrolene, {#24-36} bottles, {7-12} minutes, three of you shaking. The patient is back on the ward. I will tell you the rest in person.

k I needed an eye ointment at {15:45-17:50} that does not really exist any more. You made it. He is {6-9} and can see.

c You noticed that our fridge climbs to eleven degrees at night. Nobody had looked at the little line.

a Why are there two strengths of adrenaline in the emergency case? Nobody knew. There is one now.
""",
    "theatres>sterile": """
c You saw the hairline crack in the forceps, the kind you only see against the light. It would have snapped inside someone.

t A tray came back with the wrong label, packed by us. You did not just return it, you showed us which line of the list is wrong. We pack
  it right now.

r {4-6} hips in a day with {2-3} sets. That only works if somebody downstairs does not stop for lunch. Please have lunch today. 🙂

k I shouted down the phone because a scope was missing. It was in our own cupboard. You laughed and said it has happened to better people.

a “Do you really need all {#38-56} instruments in there?” No. The new tray is two kilos lighter and counted in half the time.

c One swab more in the bin than on the sheet. You rang, we counted again, all was well. Every time, please.

r Loan set delivered at {18:20-20:40} the night before, ready for the first incision. The rep did not believe me.

t I had no idea it takes {26-40} steps to do one laparoscopy tray until you let me watch. We flush the shafts in theatre now.

k Our student dropped the expensive scope. When she brought it down you gave her a chair first. It was not broken, but nobody knew that yet.

c A screwdriver was missing at the count. You found it in the tray of theatre {#1-6} within {3-6} minutes, and he did not need a film.

r {#130-190} trays this week, no complaints. 👌
""",
    "icu>sterile": """
r {4-7} breathing circuits at {2:00-4:30}. The hatch was open and someone was standing there already.

c You found moisture in the bronchoscope and kept it back although we were nagging. It would have been in a lung that evening.

k We left a scope in the sink overnight. You spent two hours on it and then showed us how to do it properly in {40-90} seconds. No lecture.

r The bronchoscope goes first into the machine since {day} and is back for the round. We plan around it now.

a You asked which set we always tear open and never use up. The one for lines. It is half the size now.

k I dropped the last sterile gown at {1:40-4:20}. The new one came with “happens to me, too”.

c One mask smelled of chemicals. You called back the whole batch, even the {5-8} that were on our trolleys.
""",
    "icu>theatres": """
t Handover after the liver: lines, losses, what to expect next, and then you stayed another {10-15} minutes by the bed. The bleed you expected came, and we
  were ready.

c You mentioned at handover that the left line “runs a bit oddly”. It was not in the vein. We pulled it before the noradrenaline went on.

r Every drain labelled, with side and time. Night shift took a photo.

k After the death on the table you came up and spoke to the family instead of leaving it to us. We noticed.

a You asked what we miss most at handover. The time of the last antibiotic. It has been on top ever since.

c You said he had breathed oddly once and that it might be nothing. It was not nothing. Good that you said it.

k He had asked for his necklace before the anaesthetic. It came along in an envelope on the blanket, and was the first thing he looked for.

a You rang to ask whether we want him with the tube or without. That question saved us half an hour of rebuilding.

r Announced for {n:16:00-18:30}, here at {n}. After {3-5} years I may say that it was not always so.
""",
    "coding>theatres": """
r {day}'s report was done the same evening: side, approach, implant, serial number. Coded in {2-3} days and not in two weeks.

c You wrote down that there were two separate approaches. It sounds like nothing and is worth {900-2400} euros that we have earned.

t A morning in theatre {#1-6} taught me what a conversion really is. I hope my questions have become better.

k My third question about the same case was met with a sketch. With arrows! It is on our wall.

c The implant in the note had another size than on the sticker. You checked. The sticker was right.

a “What would your ideal first sentence be?” I laughed, and then I wrote it down. It is in the template.
""",
    "coding>icu": """
r Ventilation hours without a gap, {#112-480} of them, every pause noted. Those were exactly the lines the auditor asked for, and there was nothing to
  find.

t {@them} took an hour to show me how a day becomes a score. I have not sent a silly question since. I think.

c You noticed that the count starts again when a patient moves beds. {3-6} files were wrong, all of them are right now.
""",
    "coding>ward": """
c The chart only said “confused”. When I asked, you added the delirium with date, test and treatment. For her it is a proper record, for the house
  {800-1900} euros.

r Wound notes with size and picture since {day}. We code the charts from {theirs} in one go now.

k {19-27} beds, three of you, and still {4-8} minutes for my coding question. I brought biscuits. Fair?

a “Do you need the word chronic or the date?” Both. Both have been there since.

c You saw that the catheter was placed twice and written down once. Small line, long tail.

k I burst into your round. You took me along, and now I know what a chart cannot say.
""",
    "theatres>ward": """
r {4-7} patients from {theirs} on {day}, all fasted, all marked, all consented. First incision at {7:45-8:05}.

c He had been given his metformin that morning, and you rang before we fetched him. We swapped two names and nobody starved for nothing.

k The little man with the big fear arrived calm, because you brought him yourself and did not let go of his hand until the doors.

t We turned the list upside down at noon without warning. You had the next patient ready in {15-25} minutes, or theatre {#1-6} would have stood empty.

c Dentures, ring, hearing aid: all out, all listed, and the hearing aid lay ready when he woke up.

k You let him keep his headphones until he was asleep, and wrote us a note the day before about what helps him. All of it did.

a You asked why we call for all the first patients at once. Since {day} they come ten minutes apart, and so does the lift.
""",
    "ward>icu": """
t You told the family before the move, and came up two hours later to see how he was. He recognised you.

c Your letter named three things to watch in the first night. Number two happened at {1:40-4:20}. We were ready.

k After {17-38} days with you she was more afraid of our ward than of the operation. You wheeled her up the day before, just to look.

r No bed of your own, and you took our patient at {2:15-4:45} all the same. He sits at the table again.

c You heard on the phone that I was not sure, and said “we will come and look”. You were needed.

k After the arrest in room {room} you remembered the man in the next bed, who had heard all of it.

t A call a day later: how is he doing with you? Three minutes, and both of us know more.
""",
    "pharmacy>ward": """
a “She has never taken that at home, is that right?” It was not. One question from {theirs} beats our software.

r Charts complete by the round, with weight and kidney function. I got through {14-22} patients in an hour.

k I burst into your handover. You pushed a chair and a coffee towards me and let me listen. My order is better for it.

t We refilled the crash trolley on {theirs} together. Nobody ever looks into the bottom drawer, so there is nothing in it any more.
""",
    "laboratory>ward": """
r Labelled at the bedside, in the right order, with the time. {#60-90} tubes from {theirs}, and not one had to go back.

c “Difficult draw, may be haemolysed” on the form. Half a sentence from you saves us half an hour.

k Our trainee came out of the room in tears. You caught her and stood next to her for the next patient. She has done {12-18} on her own since.
""",
    "radiology>ward": """
r Awake, fasted, no jewellery, form in hand. For a moment I thought it was a test.

k You stayed with him for the whole scan, hand on his foot, {35-50} minutes. It would not have worked otherwise.

c “Careful, she sees nothing on the left” said the slip. We stood on the other side, and she stayed calm.
""",
    "sterile>theatres": """
t Trays come down rinsed and damp since {day}. We win most of an hour per shift.

c You took the blade out of the tray before it came to us. My hands say thank you.

k I was allowed to see what I pack for. You found me a stool and held up every instrument.
""",
}
