------------------------------ MODULE Movement ------------------------------
(* One partition whose members change: what becomes of its blocks. Its committed log of configurations and drops, its replicas.

   Raft (Group.tla) is taken for granted here: `log` is the ONE committed sequence, and every replica has applied some prefix of it,
   as old as you like. Messages are not stored: any coordinator may at any time deliver a write tagged with any configuration that was
   ever committed to any node, any number of times or never. So there is loss, delay, duplication, reordering, stale coordinators,
   retries. Delete orders likewise. A block counts as acknowledged the moment enough acknowledgements exist: the earliest, so the worst.
   A member is <<node, tenure>>, tenure = index of the entry that added it.

   `Off` names the rules taken out. `Opt` names what may happen besides:
     abort     the leader returns from a joint configuration to the old set
     expire    tombstones leave; no write of such a body is under way any more
     keepold   a replica is created anew over the blocks of its earlier tenure
     cutoff    a deposed leader has written the way out of a joint configuration into its own log; that entry is never committed, but
               writes are tagged with it
     keepvote  a member that lost its blocks stays a member for the log: it votes, but holds, acknowledges and lists nothing *)
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS Nodes, Blocks, InitVoters, Sizes, MaxLog, MaxTags, MaxWipes, MaxDrops, MaxLearners, Off, Opt

VARIABLES log,    \* committed entries: [ci, old, new, lrn, dr, ex]; ci = index of the configuration in force, new = {} unless joint,
                  \*   dr = bodies dropped so far, ex = those whose tombstone has been let go
          known,  \* node -> applied prefix of log
          last,   \* node -> highest tenure it ever held (its durable tombstone)
          live,   \* node -> has a replica of tenure last[n]
          has,    \* node -> blocks synced there
          acks,   \* block -> {<<member, tag>>}
          acked,  \* acknowledged blocks that are not dropped
          wiped,  \* members whose disk was lost
          cut,    \* index of the joint configuration that the deposed leader leaves; 0 if there is none
          lst, ids, conf \* the running move: who has listed, the union of their lists, {<<member, block>>} confirmed as brought
vars == <<log, known, last, live, has, acks, acked, wiped, cut, lst, ids, conf>>

On(r) == r \notin Off
Len1 == Len(log) + 1
C == log[Len(log)]
Joint == C.new # {}
Voters(c) == c.old \cup c.new
Members(c) == Voters(c) \cup c.lrn
Maj(S, V) == 2 * Cardinality(S \cap V) > Cardinality(V)
Me(n) == <<n, last[n]>>
Alive(p) == live[p[1]] /\ last[p[1]] = p[2]
AliveSet == {p \in Members(C) : Alive(p)}
Ci(n) == IF known[n] = 0 THEN 0 ELSE log[known[n]].ci
Applied(n) == IF known[n] = 0 THEN {} ELSE log[known[n]].dr
Tombs(n) == IF known[n] = 0 THEN {} ELSE log[known[n]].dr \ log[known[n]].ex
Refuses(n, b) == On("tomb") /\ b \in Tombs(n)
\* its blocks are gone, and it stayed for its vote
Bare(n) == "keepvote" \in Opt /\ Me(n) \in wiped
\* some voter knows everything committed (it may lead), and majorities are alive
CanCommit == /\ Len(log) < MaxLog
             /\ \E p \in Voters(C) : Alive(p) /\ known[p[1]] = Len(log)
             /\ Maj(AliveSet, C.old)
             /\ Joint => Maj(AliveSet, C.new)
Append1(e) == log' = Append(log, e)

Init == /\ log = <<[ci |-> 1, old |-> {<<n, 1>> : n \in InitVoters}, new |-> {}, lrn |-> {}, dr |-> {}, ex |-> {}]>>
        /\ known = [n \in Nodes |-> IF n \in InitVoters THEN 1 ELSE 0]
        /\ last = [n \in Nodes |-> IF n \in InitVoters THEN 1 ELSE 0]
        /\ live = [n \in Nodes |-> n \in InitVoters]
        /\ has = [n \in Nodes |-> {}]
        /\ acks = [b \in Blocks |-> {}]
        /\ acked = {} /\ wiped = {} /\ cut = 0 /\ lst = {} /\ ids = {} /\ conf = {}

----------------------------------------------------------------------------
(* Blocks *)
\* tag 0: what the deposed leader wrote. Nobody can know it to be committed
EnoughCut(A) == ~On("known") /\ Maj({a[1] : a \in {x \in A : x[2] = 0}}, log[cut].new)
Enough(A, t) == LET S == IF On("onetag") THEN {a[1] : a \in {x \in A : x[2] = t}} ELSE {a[1] : a \in A}
                    c == log[t]
                IN IF c.new = {} THEN Maj(S, c.old)
                   ELSE CASE ~On("ackold") -> Maj(S, c.new)
                          [] ~On("acknew") -> Maj(S, c.old)
                          [] OTHER -> Maj(S, c.old) /\ Maj(S, c.new)

Deliver(n, b, t) ==
  /\ live[n] /\ log[t].ci = t /\ b \notin C.ex /\ (On("bareack") => ~Bare(n))
  /\ IF On("tenure") THEN Me(n) \in Members(log[t]) ELSE \E p \in Members(log[t]) : p[1] = n
  /\ On("tag") => t >= Ci(n)
  /\ ~Refuses(n, b)
  /\ ~On("learner") => Me(n) \notin log[t].lrn
  /\ has' = [has EXCEPT ![n] = @ \cup {b}]
  /\ LET mine == {p \in Voters(log[t]) : IF On("tenure") THEN p = Me(n) ELSE p[1] = n}
         A == acks[b] \cup {<<p, t>> : p \in mine}
         tags == {a[2] : a \in A}
     IN IF b \in acked \/ b \in C.dr THEN UNCHANGED <<acks, acked>>
        ELSE /\ Cardinality(tags) <= MaxTags
             /\ IF \E u \in tags : IF u = 0 THEN EnoughCut(A) ELSE Enough(A, u)
                THEN acked' = acked \cup {b} /\ acks' = [acks EXCEPT ![b] = {}]
                ELSE acks' = [acks EXCEPT ![b] = A] /\ UNCHANGED acked
  /\ UNCHANGED <<log, known, last, live, wiped, lst, ids, conf>>

\* of two configurations at one index neither passes for the other, so only who knows of nothing behind the joint one takes it
DeliverCut(n, b) ==
  /\ cut # 0 /\ live[n] /\ b \notin C.ex /\ Me(n) \in log[cut].new /\ ~Bare(n)
  /\ Ci(n) <= log[cut].ci /\ ~Refuses(n, b)
  /\ has' = [has EXCEPT ![n] = @ \cup {b}]
  /\ LET A == acks[b] \cup {<<Me(n), 0>>}
     IN IF On("known") \/ b \in acked \/ b \in C.dr THEN UNCHANGED <<acks, acked>>
        ELSE IF EnoughCut(A) THEN acked' = acked \cup {b} /\ acks' = [acks EXCEPT ![b] = {}]
        ELSE acks' = [acks EXCEPT ![b] = A] /\ UNCHANGED acked
  /\ UNCHANGED <<log, known, last, live, wiped, cut, lst, ids, conf>>

\* a copy from a holder; for a dropped block the copy may have been read long ago ("learner copying while it is dropped")
Source(n, b) == \/ \E m \in Nodes \ {n} : b \in has[m] /\ (On("srcmember") => Me(m) \in Members(C))
                \/ b \in C.dr \ C.ex
Repair(n, b) ==
  /\ live[n] /\ ~Bare(n) /\ Me(n) \in Members(C) /\ b \notin has[n] /\ ~Refuses(n, b) /\ Source(n, b)
  /\ has' = [has EXCEPT ![n] = @ \cup {b}]
  /\ UNCHANGED <<log, known, last, live, acks, acked, wiped, lst, ids, conf>>

----------------------------------------------------------------------------
(* Replicas *)
Learn(n, k) ==
  /\ live[n] /\ known[n] < k /\ k <= Len(log) /\ Me(n) \in Members(log[k])
  /\ known' = [known EXCEPT ![n] = k]
  /\ has' = [has EXCEPT ![n] = @ \ (log[k].dr \ log[k].ex)]  \* by log, or by a snapshot without the expired tombstones
  /\ UNCHANGED <<log, last, live, acks, acked, wiped, lst, ids, conf>>

Create(n, t, keep) ==
  /\ <<n, t>> \in Members(C) /\ t > last[n]
  /\ last' = [last EXCEPT ![n] = t] /\ live' = [live EXCEPT ![n] = TRUE] /\ known' = [known EXCEPT ![n] = 0]
  /\ has' = IF keep /\ "keepold" \in Opt THEN has ELSE [has EXCEPT ![n] = {}]
  /\ UNCHANGED <<log, acks, acked, wiped, lst, ids, conf>>

\* restart: what was synced stays. Without a durable floor the replica forgets how far it had applied.
Crash(n) ==
  /\ ~On("floor") /\ live[n]
  /\ \E k \in 1..(known[n] - 1) : k >= last[n] /\ known' = [known EXCEPT ![n] = k]
  /\ UNCHANGED <<log, last, live, has, acks, acked, wiped, lst, ids, conf>>

Minority(W) == 2 * Cardinality(W \cap C.old) < Cardinality(C.old) /\ (Joint => 2 * Cardinality(W \cap C.new) < Cardinality(C.new))
Wipe(n) ==
  /\ Cardinality(wiped) < MaxWipes /\ live[n] /\ Me(n) \in Members(C) /\ Minority(wiped \cup {Me(n)})
  /\ wiped' = wiped \cup {Me(n)}
  /\ has' = [has EXCEPT ![n] = {}]
  /\ IF On("dead") /\ "keepvote" \notin Opt
     THEN live' = [live EXCEPT ![n] = FALSE] /\ known' = [known EXCEPT ![n] = 0]
     ELSE UNCHANGED <<live, known>>     \* only the blocks directory is lost; the member carries on
  /\ UNCHANGED <<log, last, acks, acked, lst, ids, conf>>

DeleteOrder(n, t) ==
  /\ live[n]
  /\ \E i \in 2..Len(log) : /\ <<n, t>> \in Members(log[i-1])
                            /\ \/ log[i].new = {} /\ <<n, t>> \notin Members(log[i])
                               \/ ~On("delfinal") /\ log[i].new # {} /\ <<n, t>> \notin log[i].new \cup log[i].lrn
  /\ On("deltenure") => last[n] = t
  /\ live' = [live EXCEPT ![n] = FALSE] /\ known' = [known EXCEPT ![n] = 0] /\ has' = [has EXCEPT ![n] = {}]
  /\ UNCHANGED <<log, last, acks, acked, wiped, lst, ids, conf>>

----------------------------------------------------------------------------
(* Committed commands *)
AddLearner(n) ==
  /\ ~Joint /\ CanCommit /\ Cardinality(C.lrn) < MaxLearners
  /\ \A p \in Members(C) : p[1] = n => p \in wiped /\ p \in C.old
  /\ Append1([C EXCEPT !.ci = Len1, !.lrn = @ \cup {<<n, Len1>>}])
  /\ UNCHANGED <<known, last, live, has, acks, acked, wiped, lst, ids, conf>>

Reset == IF On("fresh") THEN lst' = {} /\ ids' = {} /\ conf' = {} ELSE UNCHANGED <<lst, ids, conf>>

EnterJoint(N) ==
  /\ ~Joint /\ CanCommit /\ Cardinality(N) \in Sizes /\ N # C.old
  /\ Cardinality({p[1] : p \in N}) = Cardinality(N)
  /\ \A p \in N \ C.old : Alive(p)
  /\ Maj(AliveSet, N)
  /\ Append1([C EXCEPT !.ci = Len1, !.new = N, !.lrn = @ \ N])
  /\ Reset
  /\ UNCHANGED <<known, last, live, has, acks, acked, wiped>>

ListDone == IF On("union") THEN Maj(lst, C.old) ELSE lst # {}
List(n) ==
  /\ Joint /\ live[n] /\ Me(n) \in C.old \ lst /\ ~ListDone
  /\ On("jointfirst") => known[n] >= C.ci
  /\ On("barelist") => ~Bare(n)
  /\ lst' = lst \cup {Me(n)} /\ ids' = ids \cup has[n]
  /\ UNCHANGED <<log, known, last, live, has, acks, acked, wiped, conf>>

Bring(n, b) ==
  /\ Joint /\ ListDone /\ b \in ids \ C.dr /\ live[n] /\ ~Bare(n) /\ Me(n) \in C.new /\ <<Me(n), b>> \notin conf
  /\ b \in has[n] \/ Source(n, b)
  /\ has' = [has EXCEPT ![n] = @ \cup {b}] /\ conf' = conf \cup {<<Me(n), b>>}
  /\ UNCHANGED <<log, known, last, live, acks, acked, wiped, lst, ids>>

Brought(b) == {p \in C.new : <<p, b>> \in conf}
LeaveReady == /\ Joint
              /\ On("list") => /\ ListDone
                               /\ \A b \in ids \ C.dr : /\ On("newcomer") => C.new \ C.old \subseteq Brought(b)
                                                        /\ On("newmaj") => Maj(Brought(b), C.new)
Leave == /\ CanCommit /\ LeaveReady
         /\ Append1([C EXCEPT !.ci = Len1, !.old = C.new, !.new = {}])
         /\ Reset
         /\ UNCHANGED <<known, last, live, has, acks, acked, wiped>>
Abort == /\ "abort" \in Opt /\ Joint /\ CanCommit
         /\ Append1([C EXCEPT !.ci = Len1, !.new = {}])
         /\ Reset
         /\ UNCHANGED <<known, last, live, has, acks, acked, wiped>>
\* the leader writes the way out, and is deposed before anybody commits it
CutOff == /\ "cutoff" \in Opt /\ cut = 0 /\ LeaveReady
          /\ cut' = Len(log)
          /\ UNCHANGED <<log, known, last, live, has, acks, acked, wiped, lst, ids, conf>>
Drop(b) == /\ CanCommit /\ b \notin C.dr /\ Cardinality(C.dr) < MaxDrops
           /\ Append1([C EXCEPT !.dr = @ \cup {b}])
           /\ acked' = acked \ {b} /\ acks' = [acks EXCEPT ![b] = {}]
           /\ UNCHANGED <<known, last, live, has, wiped, lst, ids, conf>>
Expire(b) == /\ "expire" \in Opt /\ CanCommit /\ b \in C.dr \ C.ex
             /\ On("expireall") => \A p \in Members(C) : p \in wiped \/ (Alive(p) /\ b \in Applied(p[1]))
             /\ Append1([C EXCEPT !.ex = @ \cup {b}])
             /\ UNCHANGED <<known, last, live, has, acks, acked, wiped, lst, ids, conf>>

Step == \/ \E n \in Nodes : \/ \E b \in Blocks : Repair(n, b) \/ Bring(n, b) \/ \E t \in 1..Len(log) : Deliver(n, b, t)
                            \/ \E k \in 1..Len(log) : Learn(n, k) \/ DeleteOrder(n, k) \/ Create(n, k, TRUE) \/ Create(n, k, FALSE)
                            \/ Crash(n) \/ Wipe(n) \/ AddLearner(n) \/ List(n)
        \/ \E N \in SUBSET (C.old \cup C.lrn) : EnterJoint(N)
        \/ Leave \/ Abort
        \/ \E b \in Blocks : Drop(b) \/ Expire(b)
Next == (Step /\ UNCHANGED cut) \/ CutOff \/ \E n \in Nodes, b \in Blocks : DeliverCut(n, b)
Spec == Init /\ [][Next]_vars

----------------------------------------------------------------------------
Holders(b) == {p \in Members(C) : Alive(p) /\ b \in has[p[1]]}
(* Count a voter whose disk was lost as one that held the block: then every acknowledged, undropped block has a majority of the voters
   (of the old ones while joint; of the new ones, too, as soon as the joint configuration may be left). In other words, every majority
   of voters with intact disks contains a holder. *)
Durable == \A b \in acked : /\ Maj(Holders(b) \cup wiped, C.old)
                            /\ LeaveReady => Maj(Holders(b) \cup wiped, C.new)
\* while fewer than a majority of voters lost their disks, at least one live voter holds it; Durable implies it
Readable == \A b \in acked : \E p \in Voters(C) : p \in Holders(b)
\* no current member holds a block whose drop it applied
NoReturn == \A n \in Nodes : live[n] /\ Me(n) \in Members(C) => has[n] \cap Applied(n) = {}
Sym == Permutations(InitVoters) \cup Permutations(Nodes \ InitVoters) \cup Permutations(Blocks)
=============================================================================
