package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"plumbline/storage"
	"plumbline/storage/folder"
	"plumbline/web"
)

// scrapePatience is how long one scrape may wait for the database.
const scrapePatience = 2 * time.Second

// Watch adds the metrics that are read at each scrape: from the store, from the data folder, and from busy, which returns
// what the server is doing.
func (m *Metrics) Watch(store *storage.Store, busy func() web.Load, folder string) {
	m.registry.MustRegister(&watcher{store: store, busy: busy, folder: folder,
		drawing:  described("plumbline_reports_drawing", "Reports being drawn."),
		waiting:  described("plumbline_reports_waiting", "Reports waiting in the queue."),
		streams:  described("plumbline_event_streams", "Open event streams."),
		sessions: described("plumbline_sessions", "Active sessions."),
		writes:   described("plumbline_database_writes_waiting", "Writes waiting in the queue."),
		bytes:    described("plumbline_database_bytes", "Size of the database and its journal."),
		free:     described("plumbline_disk_free_bytes", "Free space on the disk of the data folder."),
	})
}

// watcher is a prometheus.Collector.
type watcher struct {
	store  *storage.Store
	busy   func() web.Load
	folder string

	drawing, waiting, streams, sessions, writes, bytes, free *prometheus.Desc
}

func described(name, help string) *prometheus.Desc { return prometheus.NewDesc(name, help, nil, nil) }

// Describe implements prometheus.Collector.
func (w *watcher) Describe(into chan<- *prometheus.Desc) {
	for _, one := range []*prometheus.Desc{w.drawing, w.waiting, w.streams, w.sessions, w.writes, w.bytes, w.free} {
		into <- one
	}
}

// Collect implements prometheus.Collector. A metric that cannot be read is left out.
func (w *watcher) Collect(into chan<- prometheus.Metric) {
	gauge := func(what *prometheus.Desc, value float64) {
		into <- prometheus.MustNewConstMetric(what, prometheus.GaugeValue, value)
	}
	busy := w.busy()
	gauge(w.drawing, float64(busy.ReportsDrawing))
	gauge(w.waiting, float64(busy.ReportsWaiting))
	gauge(w.streams, float64(busy.Streams))
	ctx, cancel := context.WithTimeout(context.Background(), scrapePatience)
	defer cancel()
	if load, err := w.store.Load(ctx); err == nil {
		gauge(w.sessions, float64(load.Sessions))
		gauge(w.writes, float64(load.Waiting))
		gauge(w.bytes, float64(load.Bytes))
	}
	if free, err := folder.FreeSpace(w.folder); err == nil {
		gauge(w.free, float64(free))
	}
}
