// Package metrics keeps the metrics of a running server for Prometheus. They contain no ids and no text that people
// typed: every label has one of a few values that are known at build time.
package metrics

import (
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"plumbline/storage"
)

// Metrics counts what happens. It is a web.Observer, and its Committed is for storage.Options.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	saves    *prometheus.CounterVec
	draws    *prometheus.HistogramVec
	waits    prometheus.Histogram
	batches  prometheus.Histogram
	commits  *prometheus.HistogramVec
}

// Buckets, in seconds; a page takes a few milliseconds, a report a second or two.
var (
	requestSeconds = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
	drawSeconds    = []float64{.05, .1, .25, .5, 1, 2, 5, 10}
	diskSeconds    = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5}
	batchWrites    = []float64{1, 2, 4, 8, 16, 32, 64}
)

// New returns metrics that are all zero, for a program of this version.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: counters("plumbline_http_requests_total", "Answered requests.", "route", "method", "status"),
		duration: histograms("plumbline_http_request_duration_seconds", "Duration of requests.", requestSeconds, "route", "method"),
		saves: counters("plumbline_saves_total",
			"Submitted changes to assessments: saved, conflict, refused or failed.", "result"),
		draws:   histograms("plumbline_report_draw_seconds", "Time to draw a report: drawn or failed.", drawSeconds, "result"),
		waits:   histogram("plumbline_database_write_wait_seconds", "Time that a write waited in the queue.", diskSeconds),
		batches: histogram("plumbline_database_commit_writes", "Writes that shared one commit.", batchWrites),
		commits: histograms("plumbline_database_commit_seconds", "Duration of a commit: done or failed.", diskSeconds, "result"),
	}
	for _, result := range []string{saved, conflict, refused, failed} {
		m.saves.WithLabelValues(result)
	}
	build := gauges("plumbline_build_info", "Always 1; the labels identify the running build.", "version", "go")
	build.WithLabelValues(version, runtime.Version()).Set(1)
	m.registry.MustRegister(m.requests, m.duration, m.saves, m.draws, m.waits, m.batches, m.commits, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves the metrics in the text format of Prometheus.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// The results of a save.
const (
	saved    = "saved"
	conflict = "conflict"
	refused  = "refused"
	failed   = "failed"
)

// Requested counts a request.
func (m *Metrics) Requested(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	if !strings.HasSuffix(route, "/events") { // a stream lasts as long as the visit
		m.duration.WithLabelValues(route, method).Observe(took.Seconds())
	}
	if method != http.MethodGet && method != http.MethodHead && strings.Contains(route, "/assessments/{") {
		m.saves.WithLabelValues(resultOf(status)).Inc()
	}
}

func resultOf(status int) string {
	switch {
	case status < http.StatusBadRequest:
		return saved
	case status == http.StatusConflict:
		return conflict
	case status < http.StatusInternalServerError:
		return refused
	}
	return failed
}

// Drew counts a report.
func (m *Metrics) Drew(took time.Duration, err error) {
	result := "drawn"
	if err != nil {
		result = failed
	}
	m.draws.WithLabelValues(result).Observe(took.Seconds())
}

// Committed counts a commit of the database and its writes.
func (m *Metrics) Committed(c storage.Commit) {
	result := "done"
	if c.Failed {
		result = failed
	}
	m.commits.WithLabelValues(result).Observe(c.Took.Seconds())
	m.batches.Observe(float64(len(c.Waited)))
	for _, wait := range c.Waited {
		m.waits.Observe(wait.Seconds())
	}
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func gauges(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
}

func histogram(name, help string, buckets []float64) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets})
}

func histograms(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}
