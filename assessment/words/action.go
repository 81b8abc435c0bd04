package words

import (
	"plumbline/assessment"
	"plumbline/assessment/access"
)

// ActionKind is a group of actions to filter an audit log by.
type ActionKind struct {
	ID, Title string
	Team      bool // the log of a team may hold it
	Actions   []string
}

// ActionKinds returns all groups. Each action is in one.
func ActionKinds() []ActionKind {
	return []ActionKind{
		{"answers", "Answers", true, []string{assessment.EventAnswer, assessment.EventTogether, assessment.EventUndone}},
		{"decisions", "Decisions", true, []string{assessment.EventDecision, assessment.EventDecisionRemoved}},
		{"plan", "Plan", true, []string{assessment.EventPlan, assessment.EventPlanRemoved}},
		{"workloads", "Workloads", true, []string{assessment.EventAssessmentStarted, assessment.EventWorkloadChanged, assessment.EventWorkloadArchived,
			assessment.EventWorkloadRestored, assessment.EventWorkloadMoved, assessment.EventPriorities, assessment.EventFacets, assessment.EventMoved}},
		{"snapshots", "Snapshots and approvals", true, []string{assessment.EventSnapshot, assessment.EventApproved, assessment.EventApprovalWithdrawn}},
		{"reports", "Reports and shared links", true, []string{assessment.EventReport, access.AuditShareCreated, access.AuditShareRevoked, access.AuditShareUsed}},
		{"members", "Teams and members", true, []string{access.AuditTeamCreated, access.AuditTeamRenamed, access.AuditTeamDeleted, access.AuditMember,
			access.AuditInvited, access.AuditInvitationUsed, access.AuditInvitationRevoked}},
		{"accounts", "Accounts", false, []string{access.AuditAccountCreated, access.AuditAccountChanged, access.AuditAccountDisabled,
			access.AuditAccountEnabled, access.AuditAdminGranted, access.AuditAdminTaken, access.AuditPassword, access.AuditIdentity, access.AuditIdentityRemoved,
			access.AuditConfirmed, access.AuditStartedOver, access.AuditAnonymized, access.AuditLink}},
		{"sessions", "Signing in and out", false, []string{access.AuditSignIn, access.AuditSignInRefused, access.AuditSignOut, access.AuditSessionsEnded}},
		{"tokens", "API tokens", false, []string{access.AuditTokenCreated, access.AuditTokenRevoked}},
		{"questionnaires", "Questionnaires", true, []string{access.AuditImported, access.AuditImportDropped, access.AuditQuestionnaireStored,
			access.AuditQuestionnaireOn, access.AuditQuestionnaireOff, access.AuditQuestionnaireGone}},
		{"downloads", "Downloads", true, []string{access.AuditDownloaded}},
		{"refusals", "Refused access", true, []string{access.AuditRefused, access.AuditForeign, access.AuditOtherSite, access.AuditLimited}},
		{"log", "Audit log", false, []string{access.AuditRemoved}},
	}
}

// ActionsOf returns the actions of the group with this id, nil where there is none.
func ActionsOf(kind string) []string {
	for _, one := range ActionKinds() {
		if one.ID == kind {
			return one.Actions
		}
	}
	return nil
}

// Action returns what somebody did, to be followed by the name of what they did it to: "Created the snapshot". An
// unknown action is returned as it is.
func Action(action string) string {
	if words, ok := actions[action]; ok {
		return words
	}
	return action
}

var actions = map[string]string{
	assessment.EventAnswer:            "Answered",
	assessment.EventTogether:          "Set practices to not applicable in",
	assessment.EventUndone:            "Restored answers in",
	assessment.EventDecision:          "Decided on",
	assessment.EventDecisionRemoved:   "Withdrew the decision on",
	assessment.EventPlan:              "Added to the plan",
	assessment.EventPlanRemoved:       "Removed from the plan",
	assessment.EventAssessmentStarted: "Started the assessment of",
	assessment.EventWorkloadChanged:   "Changed the workload",
	assessment.EventWorkloadArchived:  "Archived the workload",
	assessment.EventWorkloadRestored:  "Restored the workload",
	assessment.EventWorkloadMoved:     "Moved to another team",
	assessment.EventPriorities:        "Changed the priorities of",
	assessment.EventFacets:            "Changed the scope of",
	assessment.EventMoved:             "Changed the questionnaire of",
	assessment.EventSnapshot:          "Created the snapshot",
	assessment.EventApproved:          "Approved the snapshot",
	assessment.EventApprovalWithdrawn: "Withdrew the approval of",
	assessment.EventReport:            "Generated the report",
	access.AuditShareCreated:          "Shared the report",
	access.AuditShareRevoked:          "Revoked a link to the report",
	access.AuditShareUsed:             "Used a link to download",
	access.AuditTeamCreated:           "Created the team",
	access.AuditTeamRenamed:           "Renamed the team",
	access.AuditTeamDeleted:           "Deleted the team",
	access.AuditMember:                "Changed the role of",
	access.AuditInvited:               "Invited",
	access.AuditInvitationUsed:        "Accepted the invitation for",
	access.AuditInvitationRevoked:     "Revoked the invitation for",
	access.AuditAccountCreated:        "Created the account of",
	access.AuditAccountChanged:        "Changed the profile of",
	access.AuditAccountDisabled:       "Disabled the account of",
	access.AuditAccountEnabled:        "Enabled the account of",
	access.AuditAdminGranted:          "Granted administration to",
	access.AuditAdminTaken:            "Revoked administration from",
	access.AuditPassword:              "Changed the password of",
	access.AuditIdentity:              "Added single sign-on to the account of",
	access.AuditIdentityRemoved:       "Removed single sign-on from the account of",
	access.AuditConfirmed:             "Confirmed the address of",
	access.AuditStartedOver:           "Started the account over for",
	access.AuditAnonymized:            "Anonymized the account of",
	access.AuditLink:                  "Created a one-time link for",
	access.AuditSignIn:                "Signed in",
	access.AuditSignInRefused:         "Failed to sign in as",
	access.AuditSignOut:               "Signed out",
	access.AuditSessionsEnded:         "Ended sessions of",
	access.AuditTokenCreated:          "Created the API token",
	access.AuditTokenRevoked:          "Revoked the API token",
	access.AuditImported:              "Uploaded the file",
	access.AuditImportDropped:         "Discarded the import of",
	access.AuditQuestionnaireStored:   "Added the questionnaire",
	access.AuditQuestionnaireOn:       "Enabled the questionnaire",
	access.AuditQuestionnaireOff:      "Retired the questionnaire",
	access.AuditQuestionnaireGone:     "Deleted the questionnaire",
	access.AuditRemoved:               "Removed old entries of",
	access.AuditRefused:               "Was refused access to",
	access.AuditForeign:               "Was refused access as a stranger to the team of",
	access.AuditOtherSite:             "Sent a request from another site",
	access.AuditLimited:               "Sent too many requests to",
	access.AuditDownloaded:            "Downloaded",
}
