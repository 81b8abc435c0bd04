package metrics

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"plumbline/storage"
	"plumbline/web"
)

// has complains unless a scrape has each of the lines.
func has(t *testing.T, m *Metrics, lines ...string) {
	t.Helper()
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("status %d", answer.Code)
	}
	for _, line := range lines {
		if !strings.Contains("\n"+answer.Body.String(), "\n"+line+"\n") {
			t.Errorf("no line %s in:\n%s", line, answer.Body)
		}
	}
}

func TestRequests(t *testing.T) {
	m := New("1.2.3")
	m.Requested("/assessments/{assessment}", http.MethodGet, http.StatusOK, 2*time.Millisecond)
	m.Requested("/assessments/{assessment}/events", http.MethodGet, http.StatusOK, time.Hour)
	m.Requested("/login", http.MethodPost, http.StatusSeeOther, time.Millisecond)
	has(t, m,
		`plumbline_http_requests_total{method="GET",route="/assessments/{assessment}",status="200"} 1`,
		`plumbline_http_requests_total{method="GET",route="/assessments/{assessment}/events",status="200"} 1`,
		`plumbline_http_requests_total{method="POST",route="/login",status="303"} 1`,
		`plumbline_http_request_duration_seconds_bucket{method="GET",route="/assessments/{assessment}",le="0.001"} 0`,
		`plumbline_http_request_duration_seconds_bucket{method="GET",route="/assessments/{assessment}",le="0.0025"} 1`,
		`plumbline_saves_total{result="saved"} 0`,
	)
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, line := range []string{`duration_seconds_count{method="GET",route="/assessments/{assessment}/events"}`, "1.2.4"} {
		if strings.Contains(answer.Body.String(), line) {
			t.Errorf("there is a line with %s", line)
		}
	}
}

func TestSaves(t *testing.T) {
	m := New("1.2.3")
	for status, times := range map[int]int{
		http.StatusOK: 1, http.StatusSeeOther: 1, http.StatusConflict: 3, http.StatusUnprocessableEntity: 2, http.StatusForbidden: 2,
		http.StatusInternalServerError: 1, http.StatusServiceUnavailable: 4,
	} {
		for range times {
			m.Requested("/assessments/{assessment}/answers/{practice}", http.MethodPost, status, time.Millisecond)
		}
	}
	has(t, m, `plumbline_saves_total{result="saved"} 2`, `plumbline_saves_total{result="conflict"} 3`,
		`plumbline_saves_total{result="refused"} 4`, `plumbline_saves_total{result="failed"} 5`)
}

func TestDraws(t *testing.T) {
	m := New("1.2.3")
	m.Drew(300*time.Millisecond, nil)
	m.Drew(300*time.Millisecond, nil)
	m.Drew(time.Second, errors.New("no room"))
	has(t, m, `plumbline_report_draw_seconds_bucket{result="drawn",le="0.25"} 0`, `plumbline_report_draw_seconds_bucket{result="drawn",le="0.5"} 2`,
		`plumbline_report_draw_seconds_count{result="failed"} 1`)
}

func TestCommits(t *testing.T) {
	m := New("1.2.3")
	m.Committed(storage.Commit{Took: time.Millisecond, Waited: []time.Duration{time.Millisecond, 4 * time.Millisecond, time.Second}})
	m.Committed(storage.Commit{Took: time.Second, Failed: true, Waited: []time.Duration{time.Millisecond}})
	has(t, m, `plumbline_database_commit_seconds_count{result="done"} 1`, `plumbline_database_commit_seconds_count{result="failed"} 1`,
		"plumbline_database_commit_writes_sum 4", "plumbline_database_commit_writes_count 2",
		`plumbline_database_write_wait_seconds_bucket{le="0.001"} 2`, "plumbline_database_write_wait_seconds_count 4")
}

// TestWatch looks at the figures while the database answers, and when it is closed.
func TestWatch(t *testing.T) {
	folder := t.TempDir()
	store, err := storage.Open(t.Context(), storage.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	m := New("1.2.3")
	m.Watch(store, func() web.Load { return web.Load{ReportsDrawing: 2, ReportsWaiting: 3, Streams: 4} }, folder)
	busy := []string{"plumbline_reports_drawing 2", "plumbline_reports_waiting 3", "plumbline_event_streams 4"}
	has(t, m, append(busy, "plumbline_sessions 0", "plumbline_database_writes_waiting 0")...)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	has(t, m, busy...)
}
