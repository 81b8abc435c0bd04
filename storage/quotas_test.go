package storage

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// TestGrowthOfATeam fills a day: what people say goes on after documents do not, another team and the next day are free.
func TestGrowthOfATeam(t *testing.T) {
	b := newBenchWith(t, Options{Quotas: Quotas{GrowthPerDay: 200_000}}, questionnaire(2))
	ctx := t.Context()
	long := func(version int) assessment.SaveAnswer {
		return assessment.SaveAnswer{Practice: "p1", Version: version, Answer: assessment.Answer{Status: flip(version), Note: strings.Repeat("x", 9000)}}
	}
	var err error
	version := 0
	for ; err == nil && version < 100; version++ {
		if version == 6 { // 160 kB
			_, refused := b.TakeSnapshot(ctx, b.actor, b.id, "T", "")
			wantCode(t, refused, assessment.NoSpace)
		}
		_, err = b.SaveAnswer(ctx, b.actor, b.id, long(version))
	}
	wantCode(t, err, assessment.NoSpace)
	if version < 7 || version > 9 {
		t.Errorf("%d saves of 27 kB fit into 200 kB", version-1)
	}
	if stored := b.current(t).State.Answer("p1").Version; stored != version-1 {
		t.Errorf("version %d is stored, want %d", stored, version-1)
	}
	strangers := must(b.CreateTeam(ctx, b.actor, "Strangers"))(t)
	w := b.workload("Foreign")
	w.Team = strangers.ID
	foreign := must(b.CreateWorkload(ctx, b.actor, w, b.sha256, nil))(t).ID
	must(b.SaveAnswer(ctx, b.actor, foreign, long(0)))(t)
	b.clock.move(24 * time.Hour)
	must(b.SaveAnswer(ctx, b.actor, b.id, long(version-1)))(t)
}

// TestSizeOfAnAssessment fills an assessment: what would be too much is refused, what makes it smaller is not, and another
// assessment is free.
func TestSizeOfAnAssessment(t *testing.T) {
	b := newBenchWith(t, Options{Quotas: Quotas{AssessmentSize: 20_000}}, questionnaire(2))
	ctx := t.Context()
	noted := func(practice string, version, characters int) assessment.SaveAnswer {
		return assessment.SaveAnswer{Practice: practice, Version: version, Answer: assessment.Answer{Status: assessment.Partial, Note: strings.Repeat("x", characters)}}
	}
	must(b.SaveAnswers(ctx, b.actor, b.id, []assessment.SaveAnswer{noted("p1", 0, 9_000), noted("p2", 0, 9_000)}))(t)
	_, err := b.SaveAnswers(ctx, b.actor, b.id, []assessment.SaveAnswer{noted("p3", 0, 2_001)})
	wantCode(t, err, assessment.NoSpace)
	if stored := must(b.load(ctx, b.readers, b.id))(t); stored.State.Answer("p3").Version != 0 {
		t.Error("what was refused is stored")
	}
	must(b.SaveAnswer(ctx, b.actor, b.id, noted("p3", 0, 2_000)))(t)
	b.writer.quotas.AssessmentSize = 10_000 // as if it had been filled before
	_, err = b.SaveAnswer(ctx, b.actor, b.id, noted("p1", 1, 9_001))
	wantCode(t, err, assessment.NoSpace)
	must(b.SaveAnswer(ctx, b.actor, b.id, noted("p1", 1, 8_999)))(t)
	if kept, stored := b.current(t), must(b.load(ctx, b.readers, b.id))(t); kept.Size < kept.State.Size() || stored.Size != kept.State.Size() {
		t.Errorf("the view has %d bytes, the stored one %d, want %d", kept.Size, stored.Size, kept.State.Size())
	}
	other := must(b.CreateWorkload(ctx, b.actor, b.workload("Other"), b.sha256, nil))(t).ID
	must(b.SaveAnswer(ctx, b.actor, other, noted("p1", 0, 9_000)))(t)
}

// TestSoManyAssessments starts as many as a workload and a team may have; another team goes on.
func TestSoManyAssessments(t *testing.T) {
	b := newBenchWith(t, Options{Quotas: Quotas{AssessmentsPerTeam: 4, AssessmentsPerWorkload: 2}}, questionnaire(2))
	ctx := t.Context()
	w := b.current(t).State.Workload
	start := func(w assessment.Workload) error {
		_, err := b.StartAssessment(ctx, b.actor, assessment.Assessment{Workload: w, Questionnaire: assessment.QuestionnaireRef{SHA256: b.sha256}})
		return err
	}
	check(t, start(w))
	wantField(t, start(w), assessment.Invalid, "questionnaire")
	other := must(b.CreateWorkload(ctx, b.actor, b.workload("Other"), b.sha256, nil))(t)
	check(t, start(other.Workload))
	_, err := b.CreateWorkload(ctx, b.actor, b.workload("One too many"), b.sha256, nil)
	wantField(t, err, assessment.Invalid, "questionnaire")
	if rows := must(b.Portfolio(ctx, assessment.PortfolioFilter{}))(t); len(rows) != 4 {
		t.Errorf("%d assessments are stored", len(rows))
	}
	strangers := b.workload("Theirs")
	strangers.Team = must(b.CreateTeam(ctx, b.actor, "Strangers"))(t).ID
	must(b.CreateWorkload(ctx, b.actor, strangers, b.sha256, nil))(t)
}

// TestSoManyQuestionnaires adds as many to the library as a team may; an administrator adds more for every team.
func TestSoManyQuestionnaires(t *testing.T) {
	b := newBenchWith(t, Options{Quotas: Quotas{QuestionnairesPerTeam: 1}}, questionnaire(2))
	add := func(id, team string) error {
		q := questionnaire(1)
		q.ID = id
		d, err := b.SaveDraft(t.Context(), b.actor, assessment.ImportDraft{Kind: "plumbline", FileName: "q.yaml", Questionnaire: q})
		check(t, err)
		_, err = b.AcceptDraft(t.Context(), b.actor, d.ID, assessment.QuestionnaireIdentityOf(q), team)
		return err
	}
	check(t, add("first", b.team.ID))
	wantField(t, add("second", b.team.ID), assessment.Invalid, "team")
	check(t, add("second", ""))
}

// TestSoManyInvitationsAndLinks makes as many as there may be. An invitation that replaces another, and one after others have
// ended, is not too many.
func TestSoManyInvitationsAndLinks(t *testing.T) {
	b := newBenchWith(t, Options{Quotas: Quotas{InvitationsPerTeam: 2, LinksPerReport: 1}}, questionnaire(2))
	invite := func(email string) error {
		_, err := b.Invite(t.Context(), b.actor, access.OneTimeLink{TokenHash: email + b.now().String(), Team: b.team, Role: access.Viewer, Email: email,
			ExpiresAt: b.now().Add(time.Hour)})
		b.clock.move(time.Second)
		return err
	}
	check(t, invite("a@example.org"))
	check(t, invite("b@example.org"))
	check(t, invite("b@example.org"))
	wantField(t, invite("c@example.org"), assessment.Invalid, "email")
	b.clock.move(2 * time.Hour)
	check(t, invite("c@example.org"))

	taken := must(b.TakeSnapshot(t.Context(), b.actor, b.id, "T", ""))(t)
	report := must(b.SaveReport(t.Context(), b.actor, assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: taken.ID, Media: "application/pdf", FileName: "r.pdf",
		Renderer: "1", Document: []byte("%PDF")}))(t)
	for n, want := range []assessment.Code{"", assessment.Invalid} {
		_, _, err := b.CreateShareOnce(t.Context(), b.actor, access.Share{Report: report.ID, Hash: strconv.Itoa(n), ExpiresAt: b.now().Add(time.Hour)}, n)
		if got := assessment.CodeOf(err); err != nil && got != want || err == nil && want != "" {
			t.Errorf("link %d: %v", n+1, err)
		}
	}
}

// TestDraftsGrowATeam counts imports that nobody accepted for the first team of their reader that may import.
func TestDraftsGrowATeam(t *testing.T) {
	b := newBenchWith(t, Options{Quotas: Quotas{GrowthPerDay: 60_000}}, questionnaire(2))
	lookers := must(b.CreateTeam(t.Context(), b.actor, "A team of lookers"))(t)
	reader := b.actor
	reader.Memberships = []access.Membership{{Team: lookers, Role: access.Architect}, {Team: b.team, Role: access.Lead}}
	draft := assessment.ImportDraft{Kind: "aws-lens", FileName: "lens.json", Questionnaire: questionnaire(20)}
	var err error
	read := 0
	for ; err == nil && read < 20; read++ {
		_, err = b.SaveDraft(t.Context(), reader, draft)
	}
	wantCode(t, err, assessment.NoSpace)
	if read < 3 || read > 10 {
		t.Errorf("%d imports fit into 45 kB", read-1)
	}
	_, err = b.SaveAnswer(t.Context(), b.actor, b.id, saveOf("p1", 0, assessment.Adopted))
	check(t, err) // a quarter of the day is left for what people say
}

// TestGrowthOutlivesAServer counts on where a server before it was ended.
func TestGrowthOutlivesAServer(t *testing.T) {
	folder := t.TempDir()
	b := newBenchWith(t, Options{Folder: folder, Quotas: Quotas{GrowthPerDay: 3 << 20}}, questionnaire(30))
	var saves []assessment.SaveAnswer
	for i := range 100 {
		saves = append(saves, assessment.SaveAnswer{Practice: "p" + strconv.Itoa(i+1),
			Answer: assessment.Answer{Status: assessment.Partial, Note: strings.Repeat("x", 9900)}})
	}
	must(b.SaveAnswers(t.Context(), b.actor, b.id, saves))(t) // 2 MB
	check(t, b.Close())
	b.Store = openStore(t, Options{Folder: folder, Clock: b.clock.Now, Quotas: Quotas{GrowthPerDay: 3 << 20}})
	for i := range saves {
		saves[i].Version, saves[i].Answer.Status = 1, assessment.Adopted
	}
	_, err := b.SaveAnswers(t.Context(), b.actor, b.id, saves)
	wantCode(t, err, assessment.NoSpace)
}

func TestDocumentsPerHour(t *testing.T) {
	b := newBenchWith(t, Options{Quotas: Quotas{SnapshotsPerHour: 2, ReportsPerHour: 2}}, questionnaire(2))
	ctx := t.Context()
	taken := must(b.TakeSnapshot(ctx, b.actor, b.id, "1", ""))(t)
	must(b.TakeSnapshot(ctx, b.actor, b.id, "2", ""))(t)
	_, err := b.TakeSnapshot(ctx, b.actor, b.id, "3", "")
	wantCode(t, err, assessment.TooMany)
	report := func(renderer string) error {
		_, err := b.SaveReport(ctx, b.actor, assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: taken.ID, Media: "application/pdf",
			Renderer: renderer, Document: []byte("%PDF")})
		return err
	}
	check(t, report("1"))
	check(t, report("2"))
	wantCode(t, report("3"), assessment.TooMany)
	check(t, report("2")) // is stored
	b.clock.move(time.Hour + time.Second)
	must(b.TakeSnapshot(ctx, b.actor, b.id, "3", ""))(t)
	check(t, report("3"))
}
