package shipping

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/storage"
)

// bench is a log with what sends it to a file.
type bench struct {
	*storage.Store
	t      *testing.T
	folder string
	file   string
	log    bytes.Buffer
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, folder: t.TempDir(), file: filepath.Join(t.TempDir(), "audit.jsonl")}
	b.open()
	return b
}

func (b *bench) open() {
	store, err := storage.Open(b.t.Context(), storage.Options{Folder: b.folder})
	b.check(err)
	b.Store = store
	b.t.Cleanup(func() { store.Close() })
}

func (b *bench) check(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// note adds n entries, and returns the sequence of the last one.
func (b *bench) note(n int) int64 {
	b.t.Helper()
	for i := range n {
		b.check(b.RecordAudit(b.t.Context(), access.AuditEntry{Action: access.AuditSignIn, Person: "Ada", Detail: fmt.Sprint("line\n", i), Address: "192.0.2.1"}))
	}
	last, err := b.Audit(b.t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Newest: true, Limit: 1})
	b.check(err)
	return last[0].Sequence
}

// shipper is what a server makes when it starts.
func (b *bench) shipper(target Target) *Shipper {
	return New(b.Store, target, b.folder, slog.New(slog.NewTextHandler(&b.log, nil)))
}

// sent returns the records in files, in their order.
func (b *bench) sent(files ...string) []access.AuditRecord {
	b.t.Helper()
	var all []access.AuditRecord
	for _, name := range files {
		text, err := os.ReadFile(name)
		b.check(err)
		for line := range strings.Lines(string(text)) {
			var record access.AuditRecord
			b.check(json.Unmarshal([]byte(line), &record))
			all = append(all, record)
		}
	}
	return all
}

// wantAll complains unless the records are all entries up to a sequence, each once and in order.
func (b *bench) wantAll(got []access.AuditRecord, last int64) {
	b.t.Helper()
	for i, record := range got {
		if record.Sequence != int64(i+1) || len(record.Hash) != 64 {
			b.t.Fatalf("record %d is %+v", i, record)
		}
	}
	if int64(len(got)) != last {
		b.t.Errorf("got %d records, want %d", len(got), last)
	}
}

func (b *bench) times(says string) int { return strings.Count(b.log.String(), says) }

func TestEverythingIsSentOnceAcrossStarts(t *testing.T) {
	b := newBench(t)
	b.note(batch + 20) // more than one batch
	b.check(b.shipper(File(b.file)).ship(t.Context()))
	b.note(3) // while nothing sends
	b.check(b.Close())
	b.open()
	last := b.note(2)
	again := b.shipper(File(b.file))
	b.check(again.ship(t.Context()))
	b.check(again.ship(t.Context()))
	got := b.sent(b.file)
	b.wantAll(got, last)
	end := got[len(got)-1]
	want, err := b.Audit(t.Context(), after(end.Sequence-1, 1))
	b.check(err)
	if end.AuditEntry != want[0] || end.Says == "" || end.Says == end.Action {
		t.Errorf("got %+v, want %+v", end, want[0])
	}
	if info, err := os.Stat(b.file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if b.log.Len() > 0 {
		t.Errorf("the log says %s", b.log.String())
	}
}

func TestRotation(t *testing.T) {
	b := newBench(t)
	s := b.shipper(File(b.file))
	b.note(2)
	b.check(s.ship(t.Context()))
	b.check(os.Rename(b.file, b.file+".1"))
	last := b.note(3)
	b.check(s.ship(t.Context()))
	if len(b.sent(b.file)) != 3 {
		t.Error("the new file has not the new entries")
	}
	b.wantAll(b.sent(b.file+".1", b.file), last)
}

func TestFileThatCannotBeWrittenForAWhile(t *testing.T) {
	b := newBench(t)
	b.file = filepath.Join(t.TempDir(), "missing", "audit.jsonl")
	s := b.shipper(File(b.file))
	b.note(3)
	for range 3 {
		if err := s.ship(t.Context()); err == nil {
			t.Fatal("it was written")
		}
	}
	at, err := ReadPosition(b.folder, "file")
	if err != nil || at.Sequence != 0 || !strings.Contains(at.Failing, "no such file") || time.Since(at.Since) > time.Minute {
		t.Errorf("%+v, %v", at, err)
	}
	b.check(os.Mkdir(filepath.Dir(b.file), 0o700))
	last := b.note(1)
	b.check(s.ship(t.Context()))
	b.wantAll(b.sent(b.file), last)
	if at, err = ReadPosition(b.folder, "file"); err != nil || at.Sequence != last || at.Failing != "" {
		t.Errorf("%+v, %v", at, err)
	}
	if b.times("cannot be sent") != 1 || b.times("being sent again") != 1 {
		t.Errorf("the log says %s", b.log.String())
	}
}

// TestCutLine continues behind a line that a killed server has left.
func TestCutLine(t *testing.T) {
	b := newBench(t)
	b.check(os.WriteFile(b.file, []byte(`{"sequence":1,"at"`), 0o600))
	last := b.note(2)
	b.check(b.shipper(File(b.file)).ship(t.Context()))
	text, err := os.ReadFile(b.file)
	b.check(err)
	cut, rest, _ := bytes.Cut(text, []byte("\n"))
	if string(cut) != `{"sequence":1,"at"` {
		t.Errorf("got %s", cut)
	}
	b.check(os.WriteFile(b.file, rest, 0o600))
	b.wantAll(b.sent(b.file), last)
}

// TestLostPosition sends again rather than nothing, and so does a log that was restored from a backup.
func TestLostPosition(t *testing.T) {
	b := newBench(t)
	last := b.note(3)
	b.check(b.shipper(File(b.file)).ship(t.Context()))
	b.check(os.Remove(positionFile(b.folder, "file")))
	b.check(b.shipper(File(b.file)).ship(t.Context()))
	if got := b.sent(b.file); int64(len(got)) != 2*last || got[last].AuditEntry != got[0].AuditEntry {
		t.Errorf("got %d records", len(got))
	}
	for name, other := range map[string]Position{"further": {Sequence: last + 5, Hash: "x"}, "another": {Sequence: last, Hash: "x"}} {
		b.check(other.write(b.folder, "file"))
		b.check(os.Remove(b.file))
		b.check(b.shipper(File(b.file)).ship(t.Context()))
		if len(b.sent(b.file)) != int(last) {
			t.Errorf("%s: got %d records", name, len(b.sent(b.file)))
		}
	}
	if b.times("not the audit log that was sent") != 2 {
		t.Errorf("the log says %s", b.log.String())
	}
}

func TestRunSendsWhatIsLeft(t *testing.T) {
	b := newBench(t)
	last := b.note(2)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	b.shipper(File(b.file)).Run(ctx)
	b.wantAll(b.sent(b.file), last)
}

// TestHangingTargetIsLeft ends although the target never answers.
func TestHangingTargetIsLeft(t *testing.T) {
	b := newBench(t)
	b.note(1)
	release := make(chan struct{})
	defer close(release)
	calls := make(chan int, 5)
	s := b.shipper(Target{Name: "x", Send: func(...[]byte) error { calls <- 1; <-release; return nil }})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { s.Run(ctx); close(ended) }()
	<-calls
	stop()
	<-ended
	if len(calls) != 0 {
		t.Error("it was asked again while it hung")
	}
}

func TestSyslog(t *testing.T) {
	b := newBench(t)
	last := b.note(3)
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	b.check(err)
	defer udp.Close()
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	b.check(err)
	defer tcp.Close()
	lines := map[string]func() string{
		"udp://" + udp.LocalAddr().String(): func() string {
			text := make([]byte, 1<<16)
			n, _, err := udp.ReadFrom(text)
			b.check(err)
			return string(text[:n])
		},
		"tcp://" + tcp.Addr().String(): lineReader(t, tcp),
	}
	for address, next := range lines {
		target, err := Syslog(address)
		b.check(err)
		sent := make(chan error, 1)
		_ = os.Remove(positionFile(b.folder, "syslog"))
		go func() { sent <- b.shipper(target).ship(t.Context()) }()
		for sequence := range last {
			line := next()
			start := strings.Index(line, "{")
			var record access.AuditRecord
			if start < 0 || json.Unmarshal([]byte(line[start:]), &record) != nil || record.Sequence != sequence+1 || !strings.Contains(line[:start], " plumbline[") {
				t.Errorf("%s: got %q", address, line)
			}
		}
		b.check(<-sent)
	}
	b.check(tcp.Close())
	gone, err := Syslog("tcp://" + tcp.Addr().String())
	b.check(err)
	b.note(1)
	if err := b.shipper(gone).ship(t.Context()); err == nil {
		t.Error("nobody listens, and yet it was sent")
	}
}

// lineReader returns what reads lines of the first connection.
func lineReader(t *testing.T, listener net.Listener) func() string {
	var lines *bufio.Reader
	return func() string {
		if lines == nil {
			connection, err := listener.Accept()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { connection.Close() })
			lines = bufio.NewReader(connection)
		}
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		return line
	}
}

func TestSyslogAddresses(t *testing.T) {
	for address, want := range map[string][]string{
		"local":                 {"", ""},
		"udp://logs.example":    {"udp", "logs.example:514"},
		"tcp://[2001:db8::1]:5": {"tcp", "[2001:db8::1]:5"},
	} {
		network, host, err := syslogAddress(address)
		if err != nil || !slices.Equal([]string{network, host}, want) {
			t.Errorf("%s: %s %s, %v", address, network, host, err)
		}
	}
	for _, address := range []string{"logs.example", "http://logs.example", "udp://", "tcp://a/b", "tcp://u@a", "logs.example:514"} {
		if _, err := Syslog(address); err == nil {
			t.Errorf("%s is taken", address)
		}
	}
}

// TestPipeWithoutAReader sends to a pipe, first while nobody reads it: that is not sent.
func TestPipeWithoutAReader(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	target := File(name)
	if err := target.Send([]byte("lost")); err == nil || !strings.Contains(err.Error(), "no program reads") {
		t.Errorf("sent to nobody: %v", err)
	}
	reader, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := target.Send([]byte("read")); err != nil {
		t.Error(err)
	}
	if got, err := io.ReadAll(reader); string(got) != "read\n" {
		t.Errorf("read %q, %v", got, err)
	}
}
