package access

import (
	"fmt"
	"time"
)

// AuditCheck follows the chain of the audit log: Begin, then Follow with each entry in order, then End. It is over where
// there is a Break.
type AuditCheck struct {
	Entries  int64      // that are there
	Last     AuditEntry // the last that fits; zero where there is none
	Removals []Removed  // the newest first
	Blanked  int64      // entries in which a name, an address or a detail was blanked
	Break    *AuditBreak

	hash string // of the entry before
}

// Removed are entries that were removed, as an entry says.
type Removed struct {
	AuditRemoval
	By string
	At time.Time
}

// AuditBreak is where the chain does not hold.
type AuditBreak struct {
	Sequence int64     // of the first entry that does not fit
	At       time.Time // as it says; zero where it is missing
	Says     string
	Key      bool // another key signed than the one that is given: nobody can say whether the chain holds
}

// Begin takes the sequence of the first entry that is there, 0 for none, and the entries that stand for removed ones, the
// newest first. The key is the one that signs them.
func (c *AuditCheck) Begin(first int64, removals []AuditEntry, key []byte) {
	for _, e := range removals {
		if removed, err := RemovalIn(e); err == nil {
			c.Removals = append(c.Removals, Removed{AuditRemoval: removed, By: e.Person, At: e.At})
		}
	}
	switch {
	case first <= 1 && len(removals) == 0:
	case len(removals) == 0:
		c.Break = &AuditBreak{Sequence: 1, Says: fmt.Sprintf("entries 1 to %d are missing, and no entry says that they were removed", first-1)}
	default:
		c.beginAfter(removals[0], first, key)
	}
}

func (c *AuditCheck) beginAfter(e AuditEntry, first int64, key []byte) {
	removed, err := RemovalIn(e)
	switch {
	case err == nil && removed.OtherKey(key):
		c.Break = &AuditBreak{Sequence: e.Sequence, At: e.At, Key: true, Says: "entries were removed, and the removal was signed with another session key"}
	case err != nil || !removed.SignedBy(e, key) || removed.Until != first-1:
		c.Break = &AuditBreak{Sequence: e.Sequence, At: e.At, Says: fmt.Sprintf("it does not account for the entries before %d, which are missing", first)}
	}
	c.hash = removed.Hash
}

// Follow checks the next entry.
func (c *AuditCheck) Follow(e AuditEntry, seals AuditSeals) {
	if c.Break != nil {
		return
	}
	if c.hash = ChainedHash(c.hash, e, seals); c.hash != e.Hash {
		c.Break = &AuditBreak{Sequence: e.Sequence, At: e.At, Says: "it was changed, or an earlier entry was changed, removed or added"}
		return
	}
	if anyBlanked(e, seals) {
		c.Blanked++
	}
	c.Entries++
	c.Last = e
}

// End takes the sequence and the hash with which the log should end; a negative sequence where nobody knows.
func (c *AuditCheck) End(sequence int64, hash string) {
	switch {
	case c.Break != nil:
	case sequence < 0:
		c.Break = &AuditBreak{Sequence: c.Last.Sequence + 1, Says: "the record of the last entry is missing"}
	case sequence != c.Last.Sequence || hash != c.Last.Hash:
		c.Break = &AuditBreak{Sequence: c.Last.Sequence + 1, Says: fmt.Sprintf("the log should end with entry %d", sequence)}
	}
}
