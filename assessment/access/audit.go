package access

import (
	"strings"
	"time"
)

// Actions of the audit log beside the kinds of events, which are actions too.
const (
	AuditSignIn              = "session.started"
	AuditSignInRefused       = "session.refused"
	AuditSignOut             = "session.ended"
	AuditSessionsEnded       = "session.others_ended"
	AuditAccountCreated      = "account.created"
	AuditAccountChanged      = "account.changed"
	AuditAccountDisabled     = "account.disabled"
	AuditAccountEnabled      = "account.enabled"
	AuditAnonymized          = "account.anonymized"
	AuditAdminGranted        = "account.admin_granted"
	AuditAdminTaken          = "account.admin_taken"
	AuditPassword            = "account.password_changed"
	AuditIdentity            = "account.identity_added"
	AuditIdentityRemoved     = "account.identity_removed"
	AuditConfirmed           = "account.address_confirmed"
	AuditStartedOver         = "account.started_over"
	AuditLink                = "link.created"
	AuditTeamCreated         = "team.created"
	AuditTeamRenamed         = "team.renamed"
	AuditTeamDeleted         = "team.deleted"
	AuditMember              = "member.changed"
	AuditInvited             = "invitation.created"
	AuditInvitationUsed      = "invitation.used"
	AuditInvitationRevoked   = "invitation.revoked"
	AuditTokenCreated        = "token.created"
	AuditTokenRevoked        = "token.revoked"
	AuditShareCreated        = "share.created"
	AuditShareRevoked        = "share.revoked"
	AuditShareUsed           = "share.used"
	AuditQuestionnaireStored = "questionnaire.stored"
	AuditQuestionnaireOn     = "questionnaire.enabled"
	AuditQuestionnaireOff    = "questionnaire.retired"
	AuditQuestionnaireGone   = "questionnaire.deleted"
	AuditImported            = "import.read"
	AuditImportDropped       = "import.dropped"
	AuditRemoved             = "audit.removed"
	AuditRefused             = "access.refused"    // of what they may see, but not do
	AuditForeign             = "access.foreign"    // of what belongs to teams that they are not in
	AuditOtherSite           = "access.other_site" // a request that a page of another site sent
	AuditLimited             = "access.limited"    // too many requests
	AuditDownloaded          = "document.downloaded"
)

// AuditEntry is one line of the audit log: who did what to what, and from where. Nobody can change an entry unnoticed;
// its texts that may name a person can be blanked.
type AuditEntry struct {
	Sequence    int64     `json:"sequence"` // gives the order; given by storage
	At          time.Time `json:"at"`       // UTC
	Account     string    `json:"account"`  // id; empty where nobody was signed in
	Person      string    `json:"person"`   // their name at that time
	Token       string    `json:"token"`    // name of the API token by which they acted; empty for none
	Action      string    `json:"action"`
	SubjectKind string    `json:"subject_kind"` // for example practice, snapshot or account
	Subject     string    `json:"subject"`      // its id
	Detail      string    `json:"detail"`       // what the subject does not say, for example the role given
	Team        string    `json:"team"`         // id; empty where it concerns no team
	Assessment  string    `json:"assessment"`   // id; empty where it concerns none
	Address     string    `json:"address"`      // where the request came from
	Times       int       `json:"times"`        // how often it happened, as equal entries of a minute are put together; storage takes 0 for 1
	Hash        string    `json:"hash"`         // of this entry and all before it; given by storage
}

// AuditRecord is an entry as files have it: ids, with the names that people know beside them.
type AuditRecord struct {
	AuditEntry
	Says     string `json:"says"`      // what the action is called
	TeamName string `json:"team_name"` // of today; empty where it is gone
	Workload string `json:"workload"`
}

// AuditFilter chooses entries.
type AuditFilter struct {
	Teams      TeamScope // those of these teams; the entries of no team only where it is All
	Assessment string    // id; empty for any
	Account    string    // id of who did it; empty for any
	Subject    string    // id of what it was done to; empty for any
	Actions    []string  // any of them; empty for all
	From       time.Time // those at or after it; zero for no bound
	Until      time.Time // those before it; zero for no bound
	After      int64     // only those with a sequence above
	Before     int64     // only those with a sequence below; 0 for no bound
	Newest     bool      // the newest first instead of the oldest
	Limit      int       // at most so many; default 100
}

// AuditSubjectKind returns what the subject of an event is: the first word of the kind, and for an answer and plans the
// practice, for decisions the tradeoff.
func AuditSubjectKind(action string) string {
	kind, _, _ := strings.Cut(action, ".")
	switch kind {
	case "answer", "plan":
		return "practice"
	case "decision":
		return "tradeoff"
	case "priorities", "facets", "answers":
		return "assessment"
	}
	return kind
}
