package words

import "plumbline/assessment"

// ActionKind is a group of actions to filter an audit log by.
type ActionKind struct {
	ID, Title string
	Team      bool // the log of a team may hold it
	Actions   []string
}

// ActionKinds returns all groups. Each action is in one.
func ActionKinds() []ActionKind {
	return []ActionKind{
		{"answers", "Answers", true, []string{assessment.EventAnswer}},
		{"decisions", "Decisions", true, []string{assessment.EventDecision, assessment.EventDecisionRemoved}},
		{"plan", "Plan", true, []string{assessment.EventPlan, assessment.EventPlanRemoved}},
		{"workloads", "Workloads", true, []string{assessment.EventAssessmentStarted, assessment.EventWorkloadChanged, assessment.EventWorkloadArchived,
			assessment.EventWorkloadRestored, assessment.EventWorkloadMoved, assessment.EventPriorities, assessment.EventMoved}},
		{"snapshots", "Snapshots and approvals", true, []string{assessment.EventSnapshot, assessment.EventApproved, assessment.EventApprovalWithdrawn}},
		{"reports", "Reports and shared links", true, []string{assessment.EventReport, assessment.AuditShareCreated, assessment.AuditShareRevoked, assessment.AuditShareUsed}},
		{"members", "Teams and members", true, []string{assessment.AuditTeamCreated, assessment.AuditTeamRenamed, assessment.AuditTeamDeleted, assessment.AuditMember,
			assessment.AuditInvited, assessment.AuditInvitationUsed, assessment.AuditInvitationRevoked}},
		{"accounts", "Accounts", false, []string{assessment.AuditAccountCreated, assessment.AuditAccountChanged, assessment.AuditAccountDisabled,
			assessment.AuditAccountEnabled, assessment.AuditAdminGranted, assessment.AuditAdminTaken, assessment.AuditPassword, assessment.AuditIdentity, assessment.AuditLink}},
		{"sessions", "Signing in and out", false, []string{assessment.AuditSignIn, assessment.AuditSignInRefused, assessment.AuditSignOut, assessment.AuditSessionsEnded}},
		{"tokens", "API tokens", false, []string{assessment.AuditTokenCreated, assessment.AuditTokenRevoked}},
		{"questionnaires", "Questionnaires", true, []string{assessment.AuditImported, assessment.AuditImportDropped, assessment.AuditQuestionnaireStored,
			assessment.AuditQuestionnaireOn, assessment.AuditQuestionnaireOff, assessment.AuditQuestionnaireGone}},
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
	assessment.EventAnswer:              "Answered",
	assessment.EventDecision:            "Decided on",
	assessment.EventDecisionRemoved:     "Withdrew the decision on",
	assessment.EventPlan:                "Added to the plan",
	assessment.EventPlanRemoved:         "Removed from the plan",
	assessment.EventAssessmentStarted:   "Started the assessment of",
	assessment.EventWorkloadChanged:     "Changed the workload",
	assessment.EventWorkloadArchived:    "Archived the workload",
	assessment.EventWorkloadRestored:    "Restored the workload",
	assessment.EventWorkloadMoved:       "Moved to another team",
	assessment.EventPriorities:          "Changed the priorities of",
	assessment.EventMoved:               "Changed the questionnaire of",
	assessment.EventSnapshot:            "Created the snapshot",
	assessment.EventApproved:            "Approved the snapshot",
	assessment.EventApprovalWithdrawn:   "Withdrew the approval of",
	assessment.EventReport:              "Generated the report",
	assessment.AuditShareCreated:        "Shared the report",
	assessment.AuditShareRevoked:        "Revoked a link to the report",
	assessment.AuditShareUsed:           "Used a link to download",
	assessment.AuditTeamCreated:         "Created the team",
	assessment.AuditTeamRenamed:         "Renamed the team",
	assessment.AuditTeamDeleted:         "Deleted the team",
	assessment.AuditMember:              "Changed the role of",
	assessment.AuditInvited:             "Invited",
	assessment.AuditInvitationUsed:      "Accepted the invitation for",
	assessment.AuditInvitationRevoked:   "Revoked the invitation for",
	assessment.AuditAccountCreated:      "Created the account of",
	assessment.AuditAccountChanged:      "Changed the profile of",
	assessment.AuditAccountDisabled:     "Disabled the account of",
	assessment.AuditAccountEnabled:      "Enabled the account of",
	assessment.AuditAdminGranted:        "Granted administration to",
	assessment.AuditAdminTaken:          "Revoked administration from",
	assessment.AuditPassword:            "Changed the password of",
	assessment.AuditIdentity:            "Added single sign-on to the account of",
	assessment.AuditLink:                "Created a one-time link for",
	assessment.AuditSignIn:              "Signed in",
	assessment.AuditSignInRefused:       "Failed to sign in as",
	assessment.AuditSignOut:             "Signed out",
	assessment.AuditSessionsEnded:       "Ended the other sessions of",
	assessment.AuditTokenCreated:        "Created the API token",
	assessment.AuditTokenRevoked:        "Revoked the API token",
	assessment.AuditImported:            "Uploaded the file",
	assessment.AuditImportDropped:       "Discarded the import of",
	assessment.AuditQuestionnaireStored: "Added the questionnaire",
	assessment.AuditQuestionnaireOn:     "Enabled the questionnaire",
	assessment.AuditQuestionnaireOff:    "Retired the questionnaire",
	assessment.AuditQuestionnaireGone:   "Deleted the questionnaire",
}
