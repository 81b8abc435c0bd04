package web_test

import "plumbline/web/webtest"

// statuses is what each kind of person is answered.
type statuses [webtest.Kinds]int

// all is the same for everybody.
func all(status int) statuses { return statuses{status, status, status, status, status, status} }

// own is for everybody who is signed in: others are led to the sign-in page.
func own(status int) statuses { return statuses{303, status, status, status, status, status} }

// readers is for every member of the team; others shall not learn that there is such a thing.
func readers(status int) statuses { return statuses{303, status, status, status, 404, status} }

// architects is for architects and leads of the team.
func architects(status int) statuses { return statuses{303, 403, status, status, 404, status} }

// leads is for leads of the team.
func leads(status int) statuses { return statuses{303, 403, 403, status, 404, status} }

// someLeads is for leads of any team.
func someLeads(status int) statuses { return statuses{303, 403, 403, status, status, status} }

// admins is for administrators.
func admins(status int) statuses { return statuses{303, 403, 403, 403, 403, status} }

// byToken is the same for programs, which are told instead of led to a sign-in page.
func byToken(s statuses) statuses {
	s[webtest.Anonymous] = 401
	return s
}

// form is the same for forms: who is not signed in gets the sign-in page at once, which keeps what was typed.
func form(s statuses) statuses {
	s[webtest.Anonymous] = 401
	return s
}

// routeTable says for every route what everybody is answered: see TestEveryRouteAsEverybody.
func routeTable() map[string]statuses {
	return map[string]statuses{
		"GET /healthz":             all(200),
		"GET /readyz":              all(200),
		"GET /favicon.ico":         all(301),
		"GET /static/*":            all(200),
		"GET /api/v1/openapi.json": all(200),
		"GET /api/v1/openapi.yaml": all(200),

		"GET /login":                           {200, 303, 303, 303, 303, 303},
		"POST /login":                          all(401),
		"POST /logout":                         all(303),
		"POST /login/sso":                      all(404), // this installation has no single sign-on
		"GET /login/sso/callback":              all(404),
		"POST /login/sso/connect":              all(404),
		"POST /account/sso":                    form(own(404)),
		"GET /session":                         own(200),
		"POST /session":                        form(own(200)),
		"POST /theme":                          form(own(422)),
		"GET /setup":                           all(404),
		"POST /setup":                          all(404),
		"GET /reset":                           all(404),
		"POST /reset":                          all(404),
		"GET /invite":                          all(404),
		"POST /invite":                         all(404),
		"GET /account":                         own(200),
		"POST /account":                        form(own(422)),
		"GET /account/tokens":                  own(200),
		"POST /account/tokens":                 form(own(422)),
		"POST /account/tokens/{token}/revoke":  form(own(303)),
		"POST /account/sessions/{session}/end": form(own(303)),

		"GET /teams":                                         own(200),
		"POST /teams":                                        form(admins(422)),
		"GET /teams/{team}":                                  readers(200),
		"POST /teams/{team}":                                 form(leads(428)),
		"POST /teams/{team}/delete":                          form(admins(428)),
		"POST /teams/{team}/members/{account}":               form(leads(428)),
		"POST /teams/{team}/invitations":                     form(leads(422)),
		"POST /teams/{team}/invitations/{invitation}/revoke": form(leads(303)),
		"GET /teams/{team}/tokens":                           leads(200),
		"POST /teams/{team}/tokens/{token}/revoke":           form(leads(303)),
		"GET /teams/{team}/audit":                            leads(200),
		"GET /teams/{team}/audit.csv":                        leads(200),
		"GET /teams/{team}/audit.jsonl":                      leads(200),
		"GET /audit":                                         admins(200),
		"GET /audit.csv":                                     admins(200),
		"GET /audit.jsonl":                                   admins(200),
		"GET /people":                                        admins(200),
		"POST /people/{account}":                             form(admins(428)),
		"POST /people/{account}/anonymize":                   form(admins(428)),
		"GET /people/tokens":                                 admins(200),
		"POST /people/tokens/{token}/revoke":                 form(admins(303)),
		"GET /people/{account}":                              admins(200),
		"POST /people/{account}/sessions/{session}/end":      form(admins(303)),

		"GET /":                                           own(200),
		"GET /workloads/new":                              {303, 403, 200, 200, 200, 200},
		"POST /workloads/new":                             {401, 403, 422, 422, 422, 422},
		"GET /library":                                    own(200),
		"GET /library/import":                             someLeads(200),
		"POST /library/import":                            form(someLeads(422)),
		"GET /library/import/{draft}":                     someLeads(200),
		"POST /library/import/{draft}":                    form(someLeads(422)),
		"POST /library/import/{draft}/drop":               form(someLeads(303)),
		"GET /library/{questionnaire}":                    own(200),
		"GET /library/{questionnaire}/questionnaire.yaml": own(200),
		"GET /library/{questionnaire}/lens.json":          own(200),
		"GET /library/{questionnaire}/workbook.pdf":       own(200),
		"POST /library/{questionnaire}/offer":             form(someLeads(422)),
		"POST /library/{questionnaire}/delete":            form(admins(409)),
		"GET /workloads/{workload}/assessments":           architects(200),
		"POST /workloads/{workload}/assessments":          form(architects(422)),
		"GET /workloads/{workload}/edit":                  readers(200),
		"POST /workloads/{workload}/edit":                 form(architects(428)),
		"POST /workloads/{workload}/team":                 form(leads(428)),
		"POST /workloads/{workload}/archive":              form(architects(428)),

		"GET /assessments/{assessment}":                                             readers(200),
		"GET /assessments/{assessment}/events":                                      readers(200),
		"GET /assessments/{assessment}/findings":                                    readers(200),
		"GET /assessments/{assessment}/questionnaire":                               readers(200),
		"POST /assessments/{assessment}/questionnaire":                              form(architects(428)),
		"GET /library/difference":                                                   own(200),
		"GET /assessments/{assessment}/priorities":                                  readers(200),
		"POST /assessments/{assessment}/priorities":                                 form(architects(428)),
		"GET /assessments/{assessment}/scope":                                       readers(200),
		"POST /assessments/{assessment}/scope":                                      form(architects(428)),
		"GET /find":                                                                 own(200),
		"GET /assessments/{assessment}/find":                                        readers(200),
		"GET /assessments/{assessment}/history":                                     readers(200),
		"POST /assessments/{assessment}/history/undo":                               form(architects(422)),
		"POST /assessments/{assessment}/history/{sequence}/undo":                    form(architects(404)),
		"POST /assessments/{assessment}/history/{sequence}/restore":                 form(architects(404)),
		"GET /assessments/{assessment}/worksheet":                                   readers(200),
		"POST /assessments/{assessment}/worksheet":                                  form(architects(303)),
		"GET /assessments/{assessment}/worksheet/rows":                              readers(200),
		"GET /assessments/{assessment}/worksheet/found":                             readers(200),
		"GET /assessments/{assessment}/worksheet/changes":                           readers(200),
		"GET /assessments/{assessment}/worksheet/practices/{practice}":              readers(200),
		"GET /assessments/{assessment}/answers":                                     readers(303),
		"POST /assessments/{assessment}/answers/{practice}":                         form(architects(428)),
		"GET /assessments/{assessment}/principles/{principle}":                      readers(200),
		"POST /assessments/{assessment}/principles/{principle}":                     form(architects(303)),
		"POST /assessments/{assessment}/principles/{principle}/rest":                form(architects(303)),
		"GET /assessments/{assessment}/principles/{principle}/not-applicable":       architects(200),
		"POST /assessments/{assessment}/principles/{principle}/not-applicable":      form(architects(428)),
		"POST /assessments/{assessment}/principles/{principle}/not-applicable/undo": form(architects(428)),
		"GET /assessments/{assessment}/import":                                      architects(200),
		"POST /assessments/{assessment}/import":                                     form(architects(422)),
		"POST /assessments/{assessment}/import/rows":                                form(architects(422)),
		"GET /assessments/{assessment}/tradeoffs":                                   readers(200),
		"GET /assessments/{assessment}/tradeoffs/{tradeoff}":                        readers(200),
		"POST /assessments/{assessment}/tradeoffs/{tradeoff}/decision":              form(architects(422)),
		"POST /assessments/{assessment}/tradeoffs/{tradeoff}/decision/confirm":      form(architects(409)),
		"POST /assessments/{assessment}/tradeoffs/{tradeoff}/decision/withdraw":     form(architects(428)),
		"GET /assessments/{assessment}/plan":                                        readers(200),
		"POST /assessments/{assessment}/plan":                                       form(architects(422)),
		"POST /assessments/{assessment}/plan/{practice}":                            form(architects(428)),
		"POST /assessments/{assessment}/plan/{practice}/remove":                     form(architects(428)),

		"GET /portfolio/state": own(200),
		"GET /assessments/{assessment}/principles/{principle}/changes": readers(200),
		"POST /snapshots/{snapshot}/approval":                          {401, 403, 403, 303, 404, 409 /* the lead was first */},
		"POST /snapshots/{snapshot}/approval/withdraw":                 form(leads(428)),

		"GET /assessments/{assessment}/snapshots":     readers(200),
		"POST /assessments/{assessment}/snapshots":    form(architects(428)),
		"GET /snapshots/{snapshot}":                   readers(200),
		"GET /snapshots/{snapshot}/document.json":     readers(200),
		"GET /snapshots/{snapshot}/answers.csv":       readers(200),
		"GET /snapshots/{snapshot}/summary.md":        readers(200),
		"POST /snapshots/{snapshot}/report":           form(architects(303)),
		"GET /assessments/{assessment}/compare":       readers(200),
		"GET /assessments/{assessment}/compare.csv":   readers(422),
		"GET /assessments/{assessment}/compare.json":  readers(422),
		"GET /assessments/{assessment}/reports":       readers(200),
		"GET /reports/{report}/share":                 architects(200),
		"POST /reports/{report}/share":                form(architects(428)),
		"POST /reports/{report}/share/{share}/revoke": form(architects(303)),
		"GET /shared/{token}":                         all(404),
		"POST /shared/{token}/report":                 all(404),
		"GET /reports/{report}":                       readers(200),

		"GET /api/v1/workloads":                                   byToken(own(200)),
		"GET /api/v1/workloads/{workload}":                        byToken(readers(200)),
		"GET /api/v1/assessments/{assessment}/result":             byToken(readers(200)),
		"GET /api/v1/assessments/{assessment}/answers":            byToken(readers(200)),
		"GET /api/v1/assessments/{assessment}/facets":             byToken(readers(200)),
		"PUT /api/v1/assessments/{assessment}/facets":             byToken(architects(400)),
		"GET /api/v1/assessments/{assessment}/answers/{practice}": byToken(readers(200)),
		"PUT /api/v1/assessments/{assessment}/answers/{practice}": byToken(architects(400)),
		"PATCH /api/v1/assessments/{assessment}/answers":          byToken(architects(400)),
		"GET /api/v1/assessments/{assessment}/gate":               byToken(readers(422)),
		"GET /api/v1/assessments/{assessment}/snapshots":          byToken(readers(200)),
		"POST /api/v1/assessments/{assessment}/snapshots":         byToken(architects(400)),
		"GET /api/v1/snapshots/{snapshot}":                        byToken(readers(200)),
		"GET /api/v1/assessments/{assessment}/compare":            byToken(readers(422)),
		"GET /api/v1/assessments/{assessment}/reports":            byToken(readers(200)),
		"POST /api/v1/snapshots/{snapshot}/report":                byToken(architects(200)),
		"GET /api/v1/reports/{report}":                            byToken(readers(200)),
	}
}
