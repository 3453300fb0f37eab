------------------------------- MODULE Condemn -------------------------------
(* One body, and the index shard that may come to reference it: who may have its blocks dropped, and when.

   Every command is decided when it is applied, on the shard's own log time. The command that references the body may be delayed and
   delivered again by any coordinator at any time; it carries the body's start and the log time at which its request was received.
   A reader is anyone who saw the reference; its copy may take as long as the garbage delay.
   Units of log time: request window Win < garbage delay Grace < age limit Age. `Off` names the rules taken out. *)
EXTENDS Naturals
CONSTANTS Max, Age, Grace, Win, Off

VARIABLES now,   \* log time of the index shard
          start, \* log time at which the body was begun
          recv,  \* log time at which the request that references it was received
          ref,   \* is the body referenced?
          done,  \* 0, or 1 + the time at which the command was first applied; its id is remembered for the window
          garb,  \* 0, or 1 + the time of its garbage row
          gone,  \* its blocks were condemned, or their drop is committed
          read   \* 0, or 1 + the time at which the latest reader saw the reference; forgotten after the garbage delay
vars == <<now, start, recv, ref, done, garb, gone, read>>

On(rule) == rule \notin Off

Init == /\ now \in 0..1 /\ start \in 0..2 /\ recv \in start..(start + Age)
        /\ ref = FALSE /\ done = 0 /\ garb = 0 /\ gone = FALSE /\ read = 0

Reading(time) == read # 0 /\ time <= read - 1 + Grace
PassTo(time) == /\ now' = time
                /\ read' = IF Reading(time) THEN read ELSE 0
                /\ UNCHANGED <<start, recv, ref, done, garb, gone>>
\* without the rule, a new leader with a slow clock sets log time back
Tick == \/ \E step \in 1..2 : now < Max /\ PassTo(now + step)
        \/ ~On("mono") /\ now > 0 /\ PassTo(now - 1)

Young == On("age") => now <= start + Age
InTime == On("window") => now <= recv + Win
\* a repeated id gets its first answer, without effect, for as long as the id is kept
Repeated == On("ids") /\ done # 0 /\ now <= (IF On("idwindow") THEN recv ELSE done - 1) + Win
Commit == /\ ~ref /\ Young /\ InTime /\ ~Repeated
          /\ ref' = TRUE /\ done' = now + 1
          /\ UNCHANGED <<now, start, recv, garb, gone, read>>

Read == ref /\ read' = now + 1 /\ UNCHANGED <<now, start, recv, ref, done, garb, gone>>

\* overwritten or deleted: the garbage row stands in the same commit
Replace == /\ ref /\ ref' = FALSE
           /\ garb' = IF On("row") THEN now + 1 ELSE 0
           /\ UNCHANGED <<now, start, recv, done, gone, read>>

Due == garb # 0 /\ (On("grace") => now > garb - 1 + Grace)
Collect == Due /\ ~gone /\ gone' = TRUE /\ UNCHANGED <<now, start, recv, ref, done, garb, read>>
\* the row outlives the drop; without the rule a leader may die in between, and nobody knows of the body any more
Forget == Due /\ (On("rowlast") => gone) /\ garb' = 0 /\ UNCHANGED <<now, start, recv, ref, done, gone, read>>

\* without `oneclock`, age is judged by the log time of another partition, which may be anything
Old(time) == IF On("strict") THEN time > start + Age ELSE time >= start + Age
Condemn == /\ ~gone
           /\ On("unref") => ~ref
           /\ On("rowref") => garb = 0
           /\ IF On("oneclock") THEN Old(now) ELSE \E other \in 0..Max : Old(other)
           /\ gone' = TRUE
           /\ UNCHANGED <<now, start, recv, ref, done, garb, read>>

Next == Tick \/ Commit \/ Read \/ Replace \/ Collect \/ Forget \/ Condemn
Spec == Init /\ [][Next]_vars

----------------------------------------------------------------------------
\* nothing that is referenced was given up
NoDangling == ~(ref /\ gone)
\* whoever saw the reference can read to the end, if it takes no longer than the garbage delay
NoCutReader == Reading(now) => ~gone
\* what was referenced once and is no more is dropped, or still to be dropped
NoLeak == done # 0 /\ ~ref /\ ~gone => garb # 0
==============================================================================
