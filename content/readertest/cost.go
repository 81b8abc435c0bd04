// Package readertest is what tests of readers share: what reading a file costs, and files that would cost much.
package readertest

import (
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What reading may cost, far above what any real file needs, so that a busy machine changes nothing.
const (
	mostMemory  = 400 << 20       // bytes that are taken in all, most of them given back before the end
	mostTime    = 5 * time.Second // of a processor
	memoryFixed = 16 << 20        // while fuzzing: for any input
	memoryEach  = 3_000           // and for each of its bytes
	timeFixed   = 2 * time.Second // likewise
	timeEach    = 20 * time.Microsecond
)

// Cost is what some work took.
type Cost struct {
	Memory uint64        // bytes that were taken, whether they were given back or not
	Time   time.Duration // of processors
}

// Of returns what work takes of this process.
func Of(work func()) Cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := processorTime()
	work()
	took := processorTime() - begin
	runtime.ReadMemStats(&after)
	return Cost{after.TotalAlloc - before.TotalAlloc, took}
}

func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// Within fails a fuzz test whose input costs more than its size explains.
func Within(t *testing.T, size int, read func()) {
	t.Helper()
	cost := Of(read)
	if cost.Memory > memoryFixed+memoryEach*uint64(size) || cost.Time > timeFixed+timeEach*time.Duration(size) {
		t.Errorf("%d bytes took %d MB and %v", size, cost.Memory>>20, cost.Time)
	}
}

// Bomb is a file that is made to cost much.
type Bomb struct {
	Name string
	Data string
}

// Try reads bombs: each is read or refused, at a bounded cost, which is logged.
func Try(t *testing.T, read func(data []byte) error, bombs ...Bomb) {
	t.Helper()
	for _, bomb := range bombs {
		t.Run(bomb.Name, func(t *testing.T) {
			data := []byte(bomb.Data)
			var err error
			cost := Of(func() { err = read(data) })
			t.Logf("%d kB: %d MB, %v: %v", len(data)>>10, cost.Memory>>20, cost.Time.Round(time.Millisecond), short(err))
			if cost.Memory > mostMemory || cost.Time > mostTime {
				t.Errorf("took %d MB and %v, want at most %d MB and %v", cost.Memory>>20, cost.Time, mostMemory>>20, mostTime)
			}
			if err != nil && len(err.Error()) > 100_000 {
				t.Errorf("the error has %d bytes, want at most 100,000", len(err.Error()))
			}
		})
	}
}

// Marks are what readers count: at most so many of these in a file. Of one that is refused for them, nothing else is
// tried.
type Marks struct {
	Most int
	Of   []string
}

// Filled repeats a part between a head and a tail, up to a size and so often that the marks still fit. Each %d in the
// part is its number.
func (m Marks) Filled(size int, head, part, tail string) string {
	times := (size - len(head) - len(tail)) / len(part)
	marks := 0
	for _, one := range m.Of {
		marks += strings.Count(part, one)
	}
	if marks > 0 {
		times = min(times, (m.Most-1_000)/marks)
	}
	if !strings.Contains(part, "%d") {
		return head + strings.Repeat(part, max(times, 0)) + tail
	}
	var b strings.Builder
	b.WriteString(head)
	for i := 0; i < times && b.Len()+len(part)+16+len(tail) < size; i++ {
		b.WriteString(strings.ReplaceAll(part, "%d", strconv.Itoa(i)))
	}
	return b.String() + tail
}

// Filled repeats a part up to a size.
func Filled(size int, head, part, tail string) string { return Marks{}.Filled(size, head, part, tail) }

// short is the first line of an error, for the log.
func short(err error) string {
	if err == nil {
		return "read"
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return "refused: " + first[:min(len(first), 200)]
}
