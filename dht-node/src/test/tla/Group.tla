------------------------------- MODULE Group -------------------------------
(* The consensus of one partition: Raft, with the rules that the design adds to it. Joint configurations between odd sets of voters,
   tenures, learners, tombstones of removed members.

   A member is <<node, tenure>>, tenure = index of the entry that added it. A removed replica leaves a tombstone: tenure, term, vote.
   Messages are not stored. A request is seen by its receiver at some moment at which its sender still stands for it (a candidate of
   that term, a leader of that term, which may long be deposed without knowing), or never. An answer is counted at once, but what
   follows from it (the election, the commit) may come at any later time. A leader sends its whole log: a shorter message is one that
   arrived before the rest was appended. What a leader may know to be committed, it knows at once.
   PreVote, check-quorum, leadership transfer, snapshots and reads are not here: they move no vote and no commit.
   `Off` names the rules taken out. `Turns` narrows the runs that show what a missing rule does: if not empty, only these {node, term}
   stand for election. *)
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS Nodes, InitVoters, InitLearners, Turns, Sizes, MaxTerm, MaxLog, Off

VARIABLES term, voted,  \* node -> its term, and {} or {the member it voted for in that term}: durable, also in the tombstone
          ten,          \* node -> the highest tenure it ever held: durable, also in the tombstone
          live,         \* node -> has a replica, of tenure ten[n]
          log,          \* node -> entries [term, old, new, lrn]; a plain entry has old = {}, only a joint configuration has new
          role,         \* node -> "follower", "candidate", "leader"
          heard,        \* candidate -> members that granted their vote; leader -> {<<member, acknowledged length>>}
          led,          \* history: term -> members that won it
          com           \* history: [at, entry, in]: entry at index `at` was committed by the leader of term `in`
vars == <<term, voted, ten, live, log, role, heard, led, com>>

On(rule) == rule \notin Off
Me(n) == <<n, ten[n]>>
Entry(t, old, new, lrn) == [term |-> t, old |-> old, new |-> new, lrn |-> lrn]
ConfigIndex(l) == LET changes == {i \in 1..Len(l) : l[i].old # {}}
                  IN IF changes = {} THEN 0 ELSE CHOOSE i \in changes : \A j \in changes : j <= i
Config(l) == IF ConfigIndex(l) = 0 THEN Entry(0, {}, {}, {}) ELSE l[ConfigIndex(l)]
Voters(c) == c.old \cup c.new
Members(c) == Voters(c) \cup c.lrn
LastTerm(l) == IF l = <<>> THEN 0 ELSE l[Len(l)].term
IsPrefix(a, b) == Len(a) <= Len(b) /\ a = SubSeq(b, 1, Len(a))

Maj(S, V) == 2 * Cardinality(S \cap V) > Cardinality(V)
Quorum(S, c, needOld, needNew) == IF c.new = {} THEN Maj(S, c.old)
                                  ELSE (needOld => Maj(S, c.old)) /\ (needNew => Maj(S, c.new))
\* without a check of tenures, whoever answers from a voter's node is taken for that voter
Taken(S, c, rule) == IF On(rule) THEN S ELSE {p \in Voters(c) : \E q \in S : q[1] = p[1]}

Init == /\ term = [n \in Nodes |-> 0] /\ voted = [n \in Nodes |-> {}]
        /\ live = [n \in Nodes |-> n \in InitVoters \cup InitLearners]
        /\ ten = [n \in Nodes |-> IF live[n] THEN 1 ELSE 0]
        /\ LET first == Entry(0, {<<n, 1>> : n \in InitVoters}, {}, {<<n, 1>> : n \in InitLearners})
           IN /\ log = [n \in Nodes |-> IF n \in InitVoters THEN <<first>> ELSE <<>>]
              /\ com = {[at |-> 1, entry |-> first, in |-> 0]}
        /\ role = [n \in Nodes |-> "follower"] /\ heard = [n \in Nodes |-> {}] /\ led = [t \in 1..MaxTerm |-> {}]

----------------------------------------------------------------------------
(* Elections *)
Stand(n, t) ==
  /\ t > term[n] /\ (Turns = {} \/ {n, t} \in Turns) /\ Me(n) \in Voters(Config(log[n]))
  /\ term' = [term EXCEPT ![n] = t] /\ voted' = [voted EXCEPT ![n] = {Me(n)}]
  /\ role' = [role EXCEPT ![n] = "candidate"] /\ heard' = [heard EXCEPT ![n] = {Me(n)}]
  /\ UNCHANGED <<ten, live, log, led, com>>

UpToDate(l, than) == \/ LastTerm(l) > LastTerm(than)
                     \/ LastTerm(l) = LastTerm(than) /\ Len(l) >= Len(than)
Vote(n, c) ==
  /\ live[n] /\ n # c /\ Me(n) \notin heard[c]
  /\ \E p \in Voters(Config(log[c])) : p[1] = n /\ (On("votetenure") => p = Me(n))
  /\ term[n] < term[c] \/ (term[n] = term[c] /\ voted[n] = {})
  /\ On("uptodate") => UpToDate(log[c], log[n])
  /\ term' = [term EXCEPT ![n] = term[c]] /\ voted' = [voted EXCEPT ![n] = {Me(c)}]
  /\ role' = [role EXCEPT ![n] = "follower"]
  /\ heard' = [heard EXCEPT ![n] = {}, ![c] = @ \cup {Me(n)}]
  /\ UNCHANGED <<ten, live, log, led, com>>

Win(c) ==
  /\ LET config == Config(log[c])
     IN Quorum(Taken(heard[c], config, "votetenure"), config, On("voteold"), On("votenew"))
  /\ role' = [role EXCEPT ![c] = "leader"] /\ heard' = [heard EXCEPT ![c] = {}]
  /\ led' = [led EXCEPT ![term[c]] = @ \cup {Me(c)}]
  /\ UNCHANGED <<term, voted, ten, live, log, com>>

\* a leader that hears of a newer term, or restarts. All that matters is durable, so a follower's restart changes nothing.
Restart(n) ==
  /\ (role[n] # "follower" \/ ~On("syncvote") \/ ~On("synclog"))
  /\ role' = [role EXCEPT ![n] = "follower"] /\ heard' = [heard EXCEPT ![n] = {}]
  /\ voted' = IF On("syncvote") THEN voted ELSE [voted EXCEPT ![n] = {}]
  /\ log' = IF On("synclog") \/ Len(log[n]) < 2 THEN log ELSE [log EXCEPT ![n] = SubSeq(@, 1, Len(@) - 1)]
  /\ UNCHANGED <<term, ten, live, led, com>>

----------------------------------------------------------------------------
(* Replication *)
Append1(l, entry) == /\ Len(log[l]) < MaxLog
                     /\ log' = [log EXCEPT ![l] = Append(@, entry)]
                     /\ UNCHANGED <<term, voted, ten, live, role, heard, led, com>>

\* one plain entry in a term is as good as many
Propose(l) == LastTerm(log[l]) < term[l] /\ Append1(l, Entry(term[l], {}, {}, {}))

Replicate(l, n) ==
  /\ live[n] /\ n # l /\ term[n] <= term[l]
  /\ \E p \in Members(Config(log[l])) : p[1] = n /\ (On("acktenure") => p = Me(n))
  /\ <<Me(n), Len(log[l])>> \notin heard[l]
  /\ log' = IF IsPrefix(log[l], log[n]) THEN log ELSE [log EXCEPT ![n] = log[l]]
  /\ term' = [term EXCEPT ![n] = term[l]]
  /\ voted' = IF term[n] < term[l] THEN [voted EXCEPT ![n] = {}] ELSE voted
  /\ role' = [role EXCEPT ![n] = "follower"]
  /\ heard' = [heard EXCEPT ![n] = {}, ![l] = {a \in @ : a[1] # Me(n)} \cup {<<Me(n), Len(log[l])>>}]
  /\ UNCHANGED <<ten, live, led, com>>

Holding(l, i) == {a[1] : a \in {b \in heard[l] : b[2] >= i}} \cup {Me(l)}
Counted(l, i) == LET config == Config(log[l])
                     S == Taken(Holding(l, i), config, "acktenure")
                 IN IF ~On("self") /\ config.new = {} /\ Me(l) \notin config.old
                    THEN 2 * (Cardinality(S \cap config.old) + 1) > Cardinality(config.old)
                    ELSE Quorum(S, config, On("ackold"), On("acknew"))
IsCommitted(i, entry, upTo) == \E x \in com : x.at = i /\ x.entry = entry /\ x.in <= upTo
Commit(l) ==
  /\ \E k \in 1..Len(log[l]) :
       /\ On("ownterm") => log[l][k].term = term[l]
       /\ Counted(l, k)
       /\ \A j \in (k + 1)..Len(log[l]) : ~Counted(l, j)
       /\ ~IsCommitted(k, log[l][k], MaxTerm)
       /\ com' = com \cup {[at |-> i, entry |-> log[l][i], in |-> term[l]] :
                             i \in {j \in 1..k : ~IsCommitted(j, log[l][j], MaxTerm)}}
       \* a leader leaves once the configuration without it is committed
       /\ LET out == ConfigIndex(log[l]) <= k /\ Me(l) \notin Voters(Config(log[l]))
          IN IF out THEN role' = [role EXCEPT ![l] = "follower"] /\ heard' = [heard EXCEPT ![l] = {}]
             ELSE UNCHANGED <<role, heard>>
  /\ UNCHANGED <<term, voted, ten, live, log, led>>

----------------------------------------------------------------------------
(* Configurations *)
Knows(l, i) == IsCommitted(i, log[l][i], term[l])
MayChange(l) == /\ Len(log[l]) < MaxLog
                /\ On("pending") => Knows(l, ConfigIndex(log[l]))
                /\ On("first") => \E i \in 1..Len(log[l]) : log[l][i].term = term[l] /\ Knows(l, i)

AddLearner(l, n) ==
  LET c == Config(log[l])
  IN /\ c.new = {} /\ \A p \in Members(c) : p[1] # n
     /\ Append1(l, Entry(term[l], c.old, {}, c.lrn \cup {<<n, Len(log[l]) + 1>>}))

Change(l) ==
  LET c == Config(log[l])
  IN /\ c.new = {}
     /\ \E N \in SUBSET Members(c) :
          /\ N # c.old /\ Cardinality(N) \in Sizes
          /\ Append1(l, IF On("joint") THEN Entry(term[l], c.old, N, c.lrn \ N) ELSE Entry(term[l], N, {}, c.lrn \ N))

\* forward to the new set, or back to the old one
Leave(l) ==
  LET c == Config(log[l])
  IN /\ c.new # {}
     /\ \E V \in {c.old, c.new} : Append1(l, Entry(term[l], V, {}, c.lrn))

\* whoever has the add in its log may order it, committed or not; the tombstone's term and vote stay
Create(n, tenure) ==
  /\ tenure > ten[n] \/ (~On("higher") /\ ~live[n] /\ tenure = ten[n])
  /\ ten' = [ten EXCEPT ![n] = tenure]
  /\ live' = [live EXCEPT ![n] = TRUE] /\ log' = [log EXCEPT ![n] = <<>>]
  /\ role' = [role EXCEPT ![n] = "follower"] /\ heard' = [heard EXCEPT ![n] = {}]
  /\ IF On("tombstone") THEN UNCHANGED <<term, voted>>
     ELSE term' = [term EXCEPT ![n] = 0] /\ voted' = [voted EXCEPT ![n] = {}]
  /\ UNCHANGED <<led, com>>

\* ordered by a committed final configuration, of the very tenure
Delete(n) ==
  /\ \E x \in com : x.at > ten[n] /\ x.entry.old # {} /\ x.entry.new = {} /\ Me(n) \notin Members(x.entry)
  /\ live' = [live EXCEPT ![n] = FALSE] /\ log' = [log EXCEPT ![n] = <<>>]
  /\ role' = [role EXCEPT ![n] = "follower"] /\ heard' = [heard EXCEPT ![n] = {}]
  /\ UNCHANGED <<term, voted, ten, led, com>>

Lead(l) == \/ \E n \in Nodes : Replicate(l, n)
           \/ Propose(l) \/ Commit(l)
           \/ MayChange(l) /\ (Leave(l) \/ Change(l) \/ \E n \in Nodes : AddLearner(l, n))
Next == \/ \E n \in Nodes : \/ role[n] = "leader" /\ Lead(n)
                            \/ role[n] = "candidate" /\ (Win(n) \/ \E m \in Nodes : Vote(m, n))
                            \/ live[n] /\ role[n] # "leader" /\ \E t \in 1..MaxTerm : Stand(n, t)
                            \/ live[n] /\ (Restart(n) \/ Delete(n))
        \/ \E p \in UNION {Members(Config(log[l])) : l \in Nodes} : Create(p[1], p[2])
Spec == Init /\ [][Next]_vars

----------------------------------------------------------------------------
OneLeader == \A t \in 1..MaxTerm : Cardinality(led[t]) <= 1
LogMatching == \A m, n \in Nodes : log[m] = log[n] \/
                 \A i \in 1..Len(log[m]) : i <= Len(log[n]) /\ log[m][i].term = log[n][i].term
                                            => SubSeq(log[m], 1, i) = SubSeq(log[n], 1, i)
\* no two entries were ever committed at one index
Agreement == \A x, y \in com : x.at = y.at => x.entry = y.entry
\* the leader of a later term has all that was committed before
Complete == \A n \in Nodes : role[n] = "leader" =>
              \A x \in com : x.in < term[n] => Len(log[n]) >= x.at /\ log[n][x.at] = x.entry
\* no two configurations with one number; Agreement implies it
OneNumber == \A x, y \in com : x.at = y.at /\ x.entry.old # {} /\ y.entry.old # {} => x.entry = y.entry
Alike(S) == Permutations({n \in S : \A turn \in Turns : n \notin turn})
Sym == Alike(InitVoters) \cup Alike(Nodes \ (InitVoters \cup InitLearners))
==============================================================================
