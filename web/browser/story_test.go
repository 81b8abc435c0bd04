package browser_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"plumbline/assessment"
	"plumbline/assessment/report"
)

const (
	gpus        asked = "perf-02.p4"
	utilisation asked = "cost-03.p1"
)

// TestReview is the whole story of a review: from the first account to the report, and out.
func TestReview(t *testing.T) {
	t.Parallel()
	app := startEmpty(t)
	b := app.tab(t)
	b.tolerate("422")

	b.open("/setup?token=" + app.setupToken())
	b.fill(field("Your name"), inesName)
	b.fill(field("Email address"), inesEmail)
	b.fill(field("Password"), inesPassword)
	b.follow(button("Create account"))
	b.sees("No workloads yet")

	b.follow(button("Create a workload"))
	b.fill(field("Workload name"), "Claims triage assistant")
	b.fill(field("Owner"), "Claims platform team")
	b.follow(button("Start assessment"))
	b.until("the scope", `location.pathname.endsWith("/scope") && document.querySelector("#remain .n")?.textContent === "147"`)
	b.click(css(`[name="facet.voice_or_video"][value="no"]`))
	b.until("what remains", `document.querySelector("#remain .n").textContent === "146"`)
	b.follow(button("Skip for now"))
	b.until("the walk", `location.pathname.endsWith("/principles/rel-01")`)
	home := strings.TrimSuffix(b.path(), "/principles/rel-01")

	reviewFirstPrinciple(t, b)
	decideTradeoff(t, b, home)
	takeSnapshot(b, "Design review", "Ines and the platform team")
	changeAnswers(b, home)
	takeSnapshot(b, "Before launch", "")
	compareSnapshots(t, b)
	planNext(t, b)
	makeReport(t, b)

	b.signOut()
	b.has(button("Sign in"))
	b.open(home)
	b.has(field("Password"))
}

// overall returns the range that the walk shows for the whole assessment.
func (b *tab) overall() (low, high int) {
	b.t.Helper()
	text := b.text(css("#picture section:nth-of-type(2) .mid"))
	span, _, _ := strings.Cut(text, " was ")
	first, last, ranged := strings.Cut(span, "–")
	low, err := strconv.Atoi(first)
	if err != nil {
		b.t.Fatalf("the overall score is %q", text)
	}
	if !ranged {
		return low, low
	}
	high, err = strconv.Atoi(last)
	if err != nil {
		b.t.Fatalf("the overall score is %q", text)
	}
	return low, high
}

func reviewFirstPrinciple(t *testing.T, b *tab) {
	t.Helper()
	const platforms, general asked = "rel-01.p3", "rel-01.p4"
	if low, high := b.overall(); low != 0 || high != 100 {
		t.Errorf("before the first answer the score is %d–%d, want 0–100", low, high)
	}
	b.press("j3")
	b.marked(list, "Saved")
	b.click(copies.status(assessment.Partial))
	b.marked(copies, "Saved")
	b.unfold(copies, "help")
	b.sees("A second copy keeps the service up")
	b.writeNote(copies, "The index has one replica")
	b.marked(copies, "Saved")
	b.unfold(copies, "evidence")
	b.fill(copies.part("input[name^=evidence_url]"), "https://wiki.example.com/claims/parts")
	b.fill(copies.part("input[name^=evidence_title]"), "Parts and copies")
	b.press(kb.Tab + kb.Tab + kb.Tab + kb.Tab)
	b.has(link("Parts and copies"))
	b.click(platforms.status(assessment.NotApplicable))
	b.marked(platforms, "enter a reason")
	b.fill(platforms.reason(), "Hosted by the vendor")
	b.marked(platforms, "Saved")
	b.click(general.status(assessment.Absent))
	b.marked(general, "Saved")
	b.until("a narrower range", fmt.Sprintf(`!words(%s).startsWith("0–100")`, css("#picture section:nth-of-type(2) .mid")))
	if low, high := b.overall(); low <= 0 || high >= 100 {
		t.Errorf("after four answers the score is %d–%d, want it narrower on both ends", low, high)
	}
}

func decideTradeoff(t *testing.T, b *tab, home string) {
	t.Helper()
	b.open(home + "/principles/perf-02")
	b.click(gpus.status(assessment.Adopted))
	b.marked(gpus, "Saved")
	b.open(home + "/principles/cost-03")
	b.click(utilisation.status(assessment.Absent))
	b.sees("became active")
	b.sees("You pay for GPU machines, and utilization is not reviewed at fixed intervals.")
	b.follow(button("Decide").in(".live"))
	b.at(home + "/tradeoffs/t05")

	const rationale = "Training runs twice a week; an idle node costs less than a late model."
	b.fill(field("Rationale"), rationale)
	b.follow(button("Record decision"))
	b.sees("problem")
	if got := b.value(field("Rationale")); got != rationale {
		t.Errorf("rationale after an error: %q", got)
	}
	b.click(css(`input[name=choice][value=accept]`))
	b.fill(field("Owner"), "Ines Okafor")
	b.follow(button("Record decision"))
	b.sees("Decided: Accept")
	b.sees(rationale)
}

func takeSnapshot(b *tab, title, note string) {
	b.t.Helper()
	b.follow(link("Snapshots"))
	b.fill(field("Title"), title)
	b.fill(field("Note"), note)
	b.follow(button("Create snapshot"))
	b.sees("Snapshot created: " + title)
}

func changeAnswers(b *tab, home string) {
	b.t.Helper()
	b.open(home + "/principles/cost-03")
	b.click(utilisation.status(assessment.Adopted))
	b.marked(utilisation, "Saved")
	b.open(home + "/principles/rel-01")
	b.click(copies.status(assessment.Adopted))
	b.marked(copies, "Saved")
	b.click(list.status(assessment.Partial))
	b.marked(list, "Saved")
	b.open(home + "/tradeoffs/t05")
	b.sees("answers changed after the decision")
}

// compareSnapshots holds that the waterfall of the comparison adds up, in the tenths that people see.
func compareSnapshots(t *testing.T, b *tab) {
	t.Helper()
	b.follow(button("Compare latest two"))
	b.sees("What changed the score")
	rows := eval[[]struct {
		Text  string
		Total bool
		Down  bool
	}](b, `[...document.querySelectorAll(".waterfall tbody tr")].map((row) => ({Text: words(row.cells[2]),
		Total: row.classList.contains("total"), Down: !!row.cells[2].querySelector(".down")}))`)
	if len(rows) < 5 || !rows[0].Total || !rows[len(rows)-1].Total {
		t.Fatalf("the waterfall has the rows %+v", rows)
	}
	tenths := 0.0
	for i, row := range rows {
		points, err := strconv.ParseFloat(row.Text, 64)
		if err != nil {
			t.Fatalf("row %d says %q", i, row.Text)
		}
		switch {
		case i == len(rows)-1:
			tenths -= points * 10
		case row.Down:
			tenths -= points * 10
		default:
			tenths += points * 10
		}
	}
	if math.Abs(tenths) > 0.01 {
		t.Errorf("the waterfall is %.1f points off: %+v", tenths/10, rows)
	}
	for _, want := range []string{"Improved, 2", "Regressed, 1"} {
		b.sees(want)
	}
}

func planNext(t *testing.T, b *tab) {
	t.Helper()
	b.follow(link("Plan"))
	b.sees("No plan items yet")
	practice := b.text(css(".plan-table tbody tr th a"))
	b.click(css(".plan-table tbody input[type=checkbox]"))
	b.sees("1 selected: ")
	b.has(css("#projection table"))
	b.follow(button("Add to plan"))
	b.follow(button("Change"))
	b.fill(field("Owner"), "Tomás Ruiz")
	b.fill(field("Tracker link"), "https://tracker.example.com/42")
	b.follow(button("Save"))
	plan := b.text(css("#plan"))
	for _, want := range []string{practice, "Tomás Ruiz", "42, tracks"} {
		if !strings.Contains(plan, want) {
			t.Errorf("the plan says %q, without %q", plan, want)
		}
	}
}

func makeReport(t *testing.T, b *tab) {
	t.Helper()
	b.follow(link("Snapshots"))
	b.follow(link("Design review"))
	hash := b.text(css("code.hash"))
	document := b.download(func() { b.click(button("PDF")) })
	text := pdfText(document)
	for _, want := range []string{
		"Claims triage assistant", "Design review", hash,
		"General cloud reliability practices cover the whole workload",
		"Platform capability vs. cost",
		"Training runs twice a week; an idle node costs less than a late model.",
	} {
		if !strings.Contains(text, squeezed(want)) {
			t.Errorf("the report does not say %q", want)
		}
	}

	snapshot := strings.TrimPrefix(b.path(), "/snapshots/")
	if again := drawAgain(t, b.app, snapshot); !bytes.Equal(again, document) {
		t.Error("the report drawn again has other bytes")
	}
	b.open(strings.TrimSuffix(eval[string](b, `document.querySelector(".tabs a").pathname`), "/") + "/reports")
	sum := sha256.Sum256(document)
	b.has(css(fmt.Sprintf(`code[title="%s"]`, hex.EncodeToString(sum[:]))))
	if stored := b.download(func() { b.click(link("Download")) }); !bytes.Equal(stored, document) {
		t.Error("the stored report has other bytes than the one that was made")
	}
}

// drawAgain draws the report of a snapshot a second time, past what is stored.
func drawAgain(t *testing.T, app *application, snapshot string) []byte {
	t.Helper()
	info, canonical, err := app.store.Snapshot(context.Background(), snapshot)
	if err != nil {
		t.Fatal(err)
	}
	read, err := assessment.ReadSnapshot(canonical)
	if err != nil {
		t.Fatal(err)
	}
	renderer, err := report.New(report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var document bytes.Buffer
	if err := renderer.Snapshot(context.Background(), &document, report.PDF, report.Named{Hash: info.SHA256, Snapshot: read}); err != nil {
		t.Fatal(err)
	}
	return document.Bytes()
}
