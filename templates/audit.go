package templates

const (
	ParamTeam = "team"
)

// AuditURL is the audit log of the whole installation.
const AuditURL = "/audit"

// TeamAuditURL is the audit log of a team.
func TeamAuditURL(team string) string { return TeamURL(team) + "/audit" }
