package templates

import "plumbline/assessment"

// auditKind is a group of actions to filter by.
type auditKind struct {
	id, title string
	team      bool // a team's log may hold it
	actions   []auditWord
}

// auditWord is what people call an action; the name of what it was done to follows.
type auditWord struct{ action, says string }

func auditKinds() []auditKind {
	return []auditKind{
		{"answers", "Answers", true, []auditWord{{assessment.EventAnswer, "Answered"}}},
		{"decisions", "Decisions", true, []auditWord{{assessment.EventDecision, "Decided on"}, {assessment.EventDecisionRemoved, "Withdrew the decision on"}}},
		{"plan", "Plan", true, []auditWord{{assessment.EventPlan, "Planned"}, {assessment.EventPlanRemoved, "Took out of the plan"}}},
		{"workloads", "Workloads", true, []auditWord{{assessment.EventAssessmentStarted, "Started the assessment of"},
			{assessment.EventWorkloadChanged, "Changed the workload"}, {assessment.EventWorkloadArchived, "Archived the workload"},
			{assessment.EventWorkloadRestored, "Took back into use"}, {assessment.EventWorkloadMoved, "Moved to another team"}, {assessment.EventPriorities, "Set the priorities of"},
			{assessment.EventMoved, "Changed the questionnaire of"}}},
		{"snapshots", "Snapshots and approvals", true, []auditWord{{assessment.EventSnapshot, "Took the snapshot"},
			{assessment.EventApproved, "Approved the snapshot"}, {assessment.EventApprovalWithdrawn, "Withdrew the approval of"}}},
		{"reports", "Reports and shared links", true, []auditWord{{assessment.EventReport, "Drew the report"}, {assessment.AuditShareCreated, "Shared the report"},
			{assessment.AuditShareRevoked, "Revoked a link to the report"}, {assessment.AuditShareUsed, "Used a link to download"}}},
		{"members", "Teams and members", true, []auditWord{{assessment.AuditTeamCreated, "Created the team"}, {assessment.AuditTeamRenamed, "Renamed the team"}, {assessment.AuditTeamDeleted, "Deleted the team"},
			{assessment.AuditMember, "Changed the role of"}, {assessment.AuditInvited, "Invited"},
			{assessment.AuditInvitationUsed, "Accepted the invitation for"}, {assessment.AuditInvitationRevoked, "Took back the invitation for"}}},
		{"accounts", "Accounts", false, []auditWord{{assessment.AuditAccountCreated, "Created the account of"}, {assessment.AuditAccountChanged, "Changed the profile of"},
			{assessment.AuditAccountDisabled, "Disabled the account of"}, {assessment.AuditAccountEnabled, "Enabled the account of"},
			{assessment.AuditAdminGranted, "Made an administrator of"}, {assessment.AuditAdminTaken, "Took administration from"},
			{assessment.AuditPassword, "Changed the password of"}, {assessment.AuditIdentity, "Added single sign-on to the account of"},
			{assessment.AuditLink, "Made a one-time link for"}}},
		{"sessions", "Signing in and out", false, []auditWord{{assessment.AuditSignIn, "Signed in"}, {assessment.AuditSignInRefused, "Was refused at sign-in as"},
			{assessment.AuditSignOut, "Signed out"}, {assessment.AuditSessionsEnded, "Ended the other sessions of"}}},
		{"tokens", "API tokens", false, []auditWord{{assessment.AuditTokenCreated, "Made the API token"}, {assessment.AuditTokenRevoked, "Revoked the API token"}}},
		{"questionnaires", "Questionnaires", true, []auditWord{{assessment.AuditImported, "Read the file"}, {assessment.AuditImportDropped, "Dropped what was read of"},
			{assessment.AuditQuestionnaireStored, "Stored the questionnaire"}, {assessment.AuditQuestionnaireOn, "Enabled the questionnaire"},
			{assessment.AuditQuestionnaireOff, "Retired the questionnaire"}, {assessment.AuditQuestionnaireGone, "Deleted the questionnaire"}}},
	}
}

// AuditKinds is the list to filter an audit log by; that of a team is shorter.
func AuditKinds(team bool, chosen string) FilterChoice {
	choice := FilterChoice{Name: ParamKind, Label: "Kind", All: "All kinds"}
	for _, kind := range auditKinds() {
		if kind.team || !team {
			choice.Options = append(choice.Options, FilterOption{Value: kind.id, Title: kind.title, Chosen: kind.id == chosen})
		}
	}
	return choice
}

// AuditActions returns the actions of a kind, none for a kind that there is not.
func AuditActions(id string) []string {
	var actions []string
	for _, kind := range auditKinds() {
		if kind.id != id {
			continue
		}
		for _, word := range kind.actions {
			actions = append(actions, word.action)
		}
	}
	return actions
}

// AuditSays is what people call an action.
func AuditSays(action string) string {
	for _, kind := range auditKinds() {
		for _, word := range kind.actions {
			if word.action == action {
				return word.says
			}
		}
	}
	return action
}
