package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"strconv"

	"plumbline/assessment"
)

// AuditSeals are what the chain of the audit log holds of the texts that may name a person, so that each can be blanked
// without a break: beside a text its salt, in place of a blanked one its salted hash. Both are hex. A text that was
// empty from the start has none.
type AuditSeals struct{ Person, Detail, Address string }

// saltBytes is how long a salt is; a salted hash is longer.
const saltBytes = 16

// SealsFor returns the seals of an entry that is new; salt returns n random bytes.
func SealsFor(e AuditEntry, salt func(n int) []byte) AuditSeals {
	seal := func(text string) string {
		if text == "" {
			return ""
		}
		return hex.EncodeToString(salt(saltBytes))
	}
	return AuditSeals{Person: seal(e.Person), Detail: seal(e.Detail), Address: seal(e.Address)}
}

// BlankedSeal returns the seal that stays when a text is blanked, whose seal was its salt.
func BlankedSeal(text, seal string) string {
	if text == "" {
		return seal
	}
	return digest(seal, text)
}

// anyBlanked reports whether one of the texts of an entry was blanked.
func anyBlanked(e AuditEntry, seals AuditSeals) bool {
	return e.Person == "" && seals.Person != "" || e.Detail == "" && seals.Detail != "" || e.Address == "" && seals.Address != ""
}

// ChainedHash returns the hash of an entry behind the one with the hash before, which is empty for the first. It covers
// everything that the entry holds but its hash, with the texts that may be blanked by their salted hashes.
func ChainedHash(before string, e AuditEntry, seals AuditSeals) string {
	return digest("plumbline.audit/1", before, strconv.FormatInt(e.Sequence, 10), strconv.FormatInt(e.At.UnixMicro(), 10), e.Account,
		BlankedSeal(e.Person, seals.Person), e.Team, e.Action, e.SubjectKind, e.Subject, BlankedSeal(e.Detail, seals.Detail),
		e.Assessment, BlankedSeal(e.Address, seals.Address), e.Token, strconv.Itoa(e.Times))
}

// digest returns the SHA-256 of texts, each with its length before it so that none can be cut in another place.
func digest(texts ...string) string {
	sum := sha256.New()
	write(sum, texts)
	return hex.EncodeToString(sum.Sum(nil))
}

func write(into hash.Hash, texts []string) {
	for _, text := range texts {
		fmt.Fprintf(into, "%d:%s,", len(text), text)
	}
}

// AuditRemoval is what an entry keeps of the entries before it that were removed. It is the detail of the entry.
type AuditRemoval struct {
	Entries   int64  `json:"entries"`   // removed this time
	Until     int64  `json:"until"`     // sequence of the last entry that is gone; all before it are gone too
	Before    string `json:"before"`    // RFC 3339; they are older than that
	Hash      string `json:"hash"`      // of the last entry that is gone
	Key       string `json:"key"`       // which key signed
	Signature string `json:"signature"` // HMAC-SHA256
}

// NewRemoval returns the detail of the entry that replaces removed entries, with its signature.
func NewRemoval(e AuditEntry, removed AuditRemoval, key []byte) string {
	removed.Key, removed.Signature = keyName(key), removed.sign(e, key)
	text, err := json.Marshal(removed)
	if err != nil {
		panic(fmt.Sprintf("access: marshal a removal: %v", err))
	}
	return string(text)
}

// RemovalIn returns what an entry keeps of removed ones. The error says that it keeps nothing.
func RemovalIn(e AuditEntry) (AuditRemoval, error) {
	var removed AuditRemoval
	if e.Action != AuditRemoved {
		return removed, assessment.Errorf(assessment.Invalid, "Entry %d does not record a removal", e.Sequence)
	}
	if err := json.Unmarshal([]byte(e.Detail), &removed); err != nil {
		return removed, assessment.Wrap(assessment.Invalid, err, fmt.Sprintf("Entry %d does not say what was removed", e.Sequence))
	}
	return removed, nil
}

// OtherKey reports whether another key than this one signed.
func (r AuditRemoval) OtherKey(key []byte) bool { return r.Key != keyName(key) }

// SignedBy reports whether the key made the signature of the entry that replaces these removed entries.
func (r AuditRemoval) SignedBy(e AuditEntry, key []byte) bool {
	return len(key) > 0 && hmac.Equal([]byte(r.Signature), []byte(r.sign(e, key)))
}

func (r AuditRemoval) sign(e AuditEntry, key []byte) string {
	mac := hmac.New(sha256.New, key)
	write(mac, []string{"plumbline.audit.removed/1", strconv.FormatInt(e.At.UnixMicro(), 10), e.Account, strconv.FormatInt(r.Entries, 10),
		strconv.FormatInt(r.Until, 10), r.Before, r.Hash})
	return hex.EncodeToString(mac.Sum(nil))
}

// keyName tells keys apart and gives nothing away of them.
func keyName(key []byte) string { return digest("plumbline.audit.key/1", string(key))[:16] }
