package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"plumbline/assessment"
	"plumbline/static"
	"plumbline/templates"
)

// route is one address, who may use it, and how much may be sent to it.
type route struct {
	method  string
	pattern string
	access  access
	limit   int64 // bytes of the body
	handler handler
}

// table is every address of the application with who may use it. What a pattern names (an assessment, a workload, a
// snapshot, a report) decides the team in which an action must be allowed.
func (s *Server) table() []route {
	const get, post = http.MethodGet, http.MethodPost
	pages := []route{
		{get, "/healthz", faceless, maxForm, s.healthy},
		{get, "/readyz", faceless, maxForm, s.ready},
		{get, "/favicon.ico", faceless, maxForm, s.favicon},
		{get, static.Prefix + "*", faceless, maxForm, s.asset},

		{get, templates.SignInURL, public, maxSignIn, s.showSignIn},
		{post, templates.SignInURL, public, maxSignIn, s.signIn},
		{post, templates.SignOutURL, public, maxSignIn, s.signOut},
		{get, templates.SetupURL, public, maxSignIn, s.showSetup},
		{post, templates.SetupURL, public, maxSignIn, s.setup},
		{get, templates.ResetURL, public, maxSignIn, s.showReset},
		{post, templates.ResetURL, public, maxSignIn, s.reset},
		{get, templates.InviteURL, public, maxSignIn, s.showInvite},
		{post, templates.InviteURL, public, maxSignIn, s.useInvite},
		{post, templates.SSOURL, public, maxSignIn, s.withSSO(s.startSSO)},
		{get, templates.SSOCallbackURL, public, maxSignIn, s.withSSO(s.finishSSO)},
		{post, templates.ConnectURL, public, maxSignIn, s.withSSO(s.connectByPassword)},
		{post, templates.ConnectOwnURL, signedIn, maxSignIn, s.withSSO(s.startConnecting)},
		{get, templates.AccountURL, signedIn, maxForm, s.showAccount},
		{post, templates.AccountURL, signedIn, maxForm, s.changeAccount},
		{get, templates.TokensURL, signedIn, maxForm, s.showTokens},
		{post, templates.TokensURL, signedIn, maxForm, s.createToken},
		{post, templates.TokensURL + "/{token}/revoke", signedIn, maxForm, s.revokeToken},

		{get, templates.TeamsURL, signedIn, maxForm, s.showTeams},
		{post, templates.TeamsURL, may(assessment.ActAdminister), maxForm, s.createTeam},
		{get, "/teams/{team}", may(assessment.ActRead), maxForm, s.showTeam},
		{post, "/teams/{team}", may(assessment.ActMembers), maxForm, s.renameTeam},
		{post, "/teams/{team}/delete", may(assessment.ActAdminister), maxForm, s.deleteTeam},
		{post, "/teams/{team}/members/{account}", may(assessment.ActMembers), maxForm, s.changeMember},
		{post, "/teams/{team}/invitations", may(assessment.ActMembers), maxForm, s.invite},
		{post, "/teams/{team}/invitations/{invitation}/revoke", may(assessment.ActMembers), maxForm, s.revokeInvitation},
		{get, "/teams/{team}/audit", may(assessment.ActAudit), maxForm, s.showTeamAudit},
		{get, "/teams/{team}/audit.csv", may(assessment.ActAudit), maxForm, s.teamAuditCSV},
		{get, "/teams/{team}/audit.jsonl", may(assessment.ActAudit), maxForm, s.teamAuditLines},
		{get, templates.AuditURL, may(assessment.ActAdminister), maxForm, s.showAudit},
		{get, templates.AuditURL + ".csv", may(assessment.ActAdminister), maxForm, s.auditCSV},
		{get, templates.AuditURL + ".jsonl", may(assessment.ActAdminister), maxForm, s.auditLines},
		{get, templates.PeopleURL, may(assessment.ActAdminister), maxForm, s.showPeople},
		{post, "/people/{account}", may(assessment.ActAdminister), maxForm, s.changePerson},

		{get, templates.PortfolioURL, signedIn, maxForm, s.showPortfolio},
		{get, templates.PortfolioStateURL, signedIn, maxForm, s.showPortfolioState},
		{get, templates.NewWorkloadURL, maySomewhere(assessment.ActWorkload), maxForm, s.showNewWorkload},
		{post, templates.NewWorkloadURL, maySomewhere(assessment.ActWorkload), maxForm, s.createWorkload},
		{get, templates.LibraryURL, signedIn, maxForm, s.showLibrary},
		{get, templates.ImportURL, maySomewhere(assessment.ActLibrary), maxForm, s.showImport},
		{post, templates.ImportURL, maySomewhere(assessment.ActLibrary), maxUpload, s.rationed(s.importFile)},
		{get, "/library/import/{draft}", maySomewhere(assessment.ActLibrary), maxForm, s.showDraft},
		{post, "/library/import/{draft}", maySomewhere(assessment.ActLibrary), maxForm, s.acceptDraft},
		{post, "/library/import/{draft}/drop", maySomewhere(assessment.ActLibrary), maxForm, s.dropDraft},
		{get, "/library/{questionnaire}", signedIn, maxForm, s.showQuestionnaire},
		{get, "/library/{questionnaire}/" + fileYAML, signedIn, maxForm, s.questionnaireYAML},
		{get, "/library/{questionnaire}/" + fileLens, signedIn, maxForm, s.questionnaireLens},
		{get, "/library/{questionnaire}/" + fileWorkbook, signedIn, maxForm, s.questionnaireWorkbook},
		{post, "/library/{questionnaire}/offer", maySomewhere(assessment.ActLibrary), maxForm, s.offerQuestionnaire},
		{post, "/library/{questionnaire}/delete", may(assessment.ActAdminister), maxForm, s.deleteQuestionnaire},
		{get, "/workloads/{workload}/assessments", may(assessment.ActWorkload), maxForm, s.showNewAssessment},
		{post, "/workloads/{workload}/assessments", may(assessment.ActWorkload), maxForm, s.startAssessment},
		{get, "/workloads/{workload}/edit", may(assessment.ActRead), maxForm, s.showWorkload},
		{post, "/workloads/{workload}/edit", may(assessment.ActWorkload), maxForm, s.updateWorkload},
		{post, "/workloads/{workload}/team", may(assessment.ActTransfer), maxForm, s.moveWorkload},
		{post, "/workloads/{workload}/archive", may(assessment.ActWorkload), maxForm, s.archiveWorkload},

		{get, templates.DifferencePath, signedIn, maxForm, s.showDifference},

		{get, "/assessments/{assessment}", may(assessment.ActRead), maxForm, s.showOverview},
		{get, "/assessments/{assessment}/events", may(assessment.ActRead), maxForm, s.showEvents},
		{get, "/assessments/{assessment}/findings", may(assessment.ActRead), maxForm, s.showFindings},
		{get, "/assessments/{assessment}/priorities", may(assessment.ActRead), maxForm, s.showPriorities},
		{post, "/assessments/{assessment}/priorities", may(assessment.ActPriorities), maxForm, s.setPriorities},

		{get, "/assessments/{assessment}/questionnaire", may(assessment.ActRead), maxForm, s.showAssessedBy},
		{post, "/assessments/{assessment}/questionnaire", may(assessment.ActMove), maxForm, s.moveAssessment},

		{get, "/assessments/{assessment}/answers", may(assessment.ActRead), maxForm, s.resumeWalk},
		{post, "/assessments/{assessment}/answers/{practice}", may(assessment.ActAnswer), maxForm, s.saveAnswer},
		{get, "/assessments/{assessment}/principles/{principle}", may(assessment.ActRead), maxPage, s.showPrinciple},
		{post, "/assessments/{assessment}/principles/{principle}", may(assessment.ActAnswer), maxPage, s.savePrinciple},
		{get, "/assessments/{assessment}/principles/{principle}/changes", may(assessment.ActRead), maxPage, s.showChanges},
		{post, "/assessments/{assessment}/principles/{principle}/rest", may(assessment.ActAnswer), maxPage, s.saveRest},

		{get, "/assessments/{assessment}/import", may(assessment.ActAnswer), maxForm, s.reviews(s.showReviewImport)},
		{post, "/assessments/{assessment}/import", may(assessment.ActAnswer), maxUpload, s.reviews(s.rationed(s.uploadReview))},
		{post, "/assessments/{assessment}/import/rows", may(assessment.ActAnswer), maxReviewRows, s.reviews(s.applyReview)},

		{get, "/assessments/{assessment}/tradeoffs", may(assessment.ActRead), maxForm, s.showTradeoffs},
		{get, "/assessments/{assessment}/tradeoffs/{tradeoff}", may(assessment.ActRead), maxForm, s.showTradeoff},
		{post, "/assessments/{assessment}/tradeoffs/{tradeoff}/decision", may(assessment.ActDecide), maxForm, s.recordDecision},
		{post, "/assessments/{assessment}/tradeoffs/{tradeoff}/decision/confirm", may(assessment.ActDecide), maxForm, s.confirmDecision},
		{post, "/assessments/{assessment}/tradeoffs/{tradeoff}/decision/withdraw", may(assessment.ActDecide), maxForm, s.withdrawDecision},

		{get, "/assessments/{assessment}/plan", may(assessment.ActRead), maxForm, s.showPlan},
		{post, "/assessments/{assessment}/plan", may(assessment.ActPlan), maxForm, s.keepInPlan},
		{post, "/assessments/{assessment}/plan/{practice}", may(assessment.ActPlan), maxForm, s.savePlanItem},
		{post, "/assessments/{assessment}/plan/{practice}/remove", may(assessment.ActPlan), maxForm, s.removePlanItem},

		{get, "/assessments/{assessment}/snapshots", may(assessment.ActRead), maxForm, s.showSnapshots},
		{post, "/assessments/{assessment}/snapshots", may(assessment.ActSnapshot), maxForm, s.takeSnapshot},
		{get, "/snapshots/{snapshot}", may(assessment.ActRead), maxForm, s.showSnapshot},
		{post, "/snapshots/{snapshot}/approval", may(assessment.ActApprove), maxForm, s.approveSnapshot},
		{post, "/snapshots/{snapshot}/approval/withdraw", may(assessment.ActApprove), maxForm, s.withdrawApproval},
		{get, "/snapshots/{snapshot}/document.json", may(assessment.ActRead), maxForm, s.snapshotDocument},
		{get, "/snapshots/{snapshot}/answers.csv", may(assessment.ActRead), maxForm, s.snapshotAnswers},
		{post, "/snapshots/{snapshot}/report", may(assessment.ActReport), maxForm, s.makeReport},
		{get, "/snapshots/{snapshot}/summary.md", may(assessment.ActRead), maxForm, s.snapshotSummary},

		{get, "/assessments/{assessment}/compare", may(assessment.ActRead), maxForm, s.showCompare},
		{get, "/assessments/{assessment}/compare.csv", may(assessment.ActRead), maxForm, s.compareCSV},
		{get, "/assessments/{assessment}/compare.json", may(assessment.ActRead), maxForm, s.compareJSON},
		{get, "/assessments/{assessment}/reports", may(assessment.ActRead), maxForm, s.showReports},
		{get, "/reports/{report}", may(assessment.ActRead), maxForm, s.showReport},
		{get, "/reports/{report}/share", may(assessment.ActShare), maxForm, s.showShares},
		{post, "/reports/{report}/share", may(assessment.ActShare), maxForm, s.createShare},
		{post, "/reports/{report}/share/{share}/revoke", may(assessment.ActShare), maxForm, s.revokeShare},
		{get, "/shared/{token}", public, maxSignIn, s.showShared},
		{post, "/shared/{token}/report", public, maxSignIn, s.downloadShared},
	}
	return append(pages, s.api.rows...)
}

func (s *Server) routes() http.Handler {
	r := chi.NewRouter()
	r.Use(numbered, s.clientKnown(), s.logged, s.secured, s.recovered, s.sameOrigin, middleware.GetHead)
	r.NotFound(s.recognised(http.HandlerFunc(s.notFound)).ServeHTTP)
	r.MethodNotAllowed(s.recognised(http.HandlerFunc(s.methodNotAllowed)).ServeHTTP)
	for _, one := range s.table() {
		r.With(limited(one.limit)).Method(one.method, one.pattern, s.guarded(one))
	}
	return r
}

// clientKnown finds the address of the client: from the named proxies' header, else from the connection.
func (s *Server) clientKnown() func(http.Handler) http.Handler {
	if len(s.Proxies) == 0 {
		return middleware.ClientIPFromRemoteAddr
	}
	return middleware.ClientIPFromXFF(s.Proxies...)
}

func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte("ok\n"))
	return err
}

// ready answers 503 while the database does not answer. Why is in the log alone: anybody may ask.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.Ready(r.Context()); err != nil {
		s.Logger.ErrorContext(r.Context(), "not ready", "request", requestNumber(r), "error", err.Error())
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return nil
	}
	return s.healthy(w, r)
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) error {
	if !s.files.Has(r.URL.Path) {
		return assessment.Errorf(assessment.NotFound, "There is no such file")
	}
	s.files.ServeHTTP(w, r)
	return nil
}

func (s *Server) favicon(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, s.files.Address("favicon.svg"), http.StatusMovedPermanently)
	return nil
}
