package main

import (
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"time"
)

// serverLog writes the messages of net/http to the log, without the addresses of clients.
type serverLog struct {
	logger *slog.Logger
	clock  func() time.Time

	mutex sync.Mutex
	again time.Time // before it, failed handshakes are counted only
	more  int       // that were counted
}

func newServerLog(logger *slog.Logger, clock func() time.Time) *serverLog {
	return &serverLog{logger: logger, clock: clock}
}

// Write logs one line. Of failed handshakes, which any stranger can cause, it warns once a minute, with their number.
func (l *serverLog) Write(line []byte) (int, error) {
	message := string(clientAddresses.ReplaceAll(line, nil))
	if !strings.HasPrefix(message, "http: TLS handshake error") {
		l.logger.Warn("http server", "message", message)
		return len(line), nil
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if now := l.clock(); now.Before(l.again) {
		l.more++
		l.logger.Debug("http server", "message", message)
	} else {
		l.logger.Warn("http server", "message", message, "more_since_the_last", l.more)
		l.again, l.more = now.Add(time.Minute), 0
	}
	return len(line), nil
}

var clientAddresses = regexp.MustCompile(`( from| serving)? (\[[0-9A-Fa-f:.%a-z]+\]|[0-9.]+):[0-9]+|\n$`)
