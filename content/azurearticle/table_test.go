package azurearticle

import (
	"fmt"
	"strings"
	"testing"

	"plumbline/assessment"
)

func TestTables(t *testing.T) {
	tests := []struct{ name, table, want, loss string }{
		{"failures", "|Failure|Mitigation|\n|-|-|\n|Fire|Use water. Call.|", ". Fire||\n.. Use water|\n.. Call|", ""},
		{"bold header, no closing pipe", "|**Recommendation**|**Benefits**\n|-|-\n|Use water.|It cools.", ". Use water|**: It cools.|\n.. Use water|", ""},
		{"no opening pipe", "Recommendation|Benefit\n-|-\nUse water.|It cools.", ". Use water|Benefit: It cools.|\n.. Use water|", ""},
		{"checklist", "|&nbsp; |Code |Recommendation|\n|-|-|-|\n|&#9744;|[SE:01](../security/a.md)|**Use water.** It cools.|", ". Use water||\n.. Use water|Use water. It cools.", ""},
		{"more columns", "|Approach|Benefit|Tradeoff|\n|-|-|-|\n|Use water.|Cools.|Wet.|", ". Use water|Benefit: Cools.\n\nTradeoff: Wet.|\n.. Use water|", ""},
		{"frame with a code", "|**SE:02**|**Use water.** Twice.|\n|-|-|", ". Use water||\n.. Use water|\n.. Twice|", ""},
		{"in a quote", "> a\n>\n>   |Approach|Benefit|\n>   |-|-|\n>   |Use water.|Cools.|", ". Use water|Benefit: Cools.|\n.. Use water|", ""},
		{"in a list", "- a\n\n  |Approach|Benefit|\n  |-|-|\n  |Use water.|Cools.|", ". Use water|Benefit: Cools.|\n.. Use water|", ""},
		{"breaks of all kinds", "|Approach|Benefit|\n|-|-|\n|Do:<BR>- one<br/>• two</br>* three<ul><li>four</li></ul>|Cools.|", ". Do|Benefit: Cools.|Do:\n.. one|\n.. two|\n.. three|\n.. four|", ""},
		{"placeholder and code", "|Approach|Benefit|\n|-|-|\n|Name <region> `a\\|b` \\* &lt;x&gt; <sup>1</sup>.|Cools.|", ". Name <region> a|b * <x> 1|Benefit: Cools.|\n.. Name <region> a|b * <x> 1|", ""},
		{"no considerations", "|Design principle|Considerations|\n|-|-|\n|Use water.||", ". Use water||\n.. Use water|", "7:1: Security: the row contains only \"Use water\": that is its only practice"},
		{"no principle", "|Design principle|Considerations|\n|-|-|\n||Use water.|\n|Act.|Be.|", ". Act||\n.. Be|", "7:1: Security: the row is empty under \"Design principle\": left out"},
		{"text below", "|Approach|Benefit|\n|-|-|\n|Use water.|Cools.|\nText.", ". Use water|Benefit: Cools.|\n.. Use water|", ""},
		{"long sentence", "|Approach|\n|-|\n|" + strings.Repeat("water, ", 40) + "and fire.|",
			". " + strings.TrimSuffix(strings.Repeat("water, ", 23), ", ") + "…||\n.. " + strings.TrimSuffix(strings.Repeat("water, ", 23), ", ") + "…|" + strings.Repeat("water, ", 40) + "and fire.", ""},
		{"terms", "|Term|Definition|\n|-|-|\n|A|B|\n\n|Approach|\n|-|\n|Do.|", ". Do||\n.. Do|", "5:2: Security: the table \"Term | Definition\" with 1 rows contains neither principles nor recommendations: left out"},
		{"pillars", "|Well-Architected Framework pillar|Summary|\n|-|-|\n|Security|B|\n\n|Approach|\n|-|\n|Do.|", ". Do||\n.. Do|", "5:2: Security: the table \"Well-Architected Framework pillar | Summary\" with 1 rows contains neither principles nor recommendations: left out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, losses := imported(t, "a.md", []byte("# T\n\n## Security\n\n"+tt.table+"\n"))
			want := strings.Replace(tt.want, "**: ", "Benefits: ", 1)
			if got := strings.TrimSpace(strings.TrimPrefix(drawn(q), "security\n")); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			if got := strings.Join(about(losses), "\n"); got != tt.loss {
				t.Errorf("losses:\n%s", got)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	tests := []struct{ file, destination, want string }{
		{"a.md", "https://example.org/x", "https://example.org/x"},
		{"a.md", "/azure/x?tabs=a#b", "https://learn.microsoft.com/azure/x?tabs=a#b"},
		{"a.md", "../security/x.md#b", "https://learn.microsoft.com/azure/well-architected/security/x#b"},
		{"a.md", "../../x.md", ""},
		{"a.md", "./x.md", ""},
		{"a.md", "#x", ""},
		{"a.md", "javascript:alert(1)", ""},
		{"a.md", "mailto:a@b.c", ""},
		{"repo/well-architected/ai/a.md", "x.md", "https://learn.microsoft.com/azure/well-architected/ai/x"},
		{"repo/well-architected/ai/a.md", "../../x.md", ""},
		{"repo/well-architected/ai/a.md", "#x", "https://learn.microsoft.com/azure/well-architected/ai/a#x"},
		{`repo\well-architected\a.md`, "./ai/index.yml", "https://learn.microsoft.com/azure/well-architected/ai"},
	}
	for _, tt := range tests {
		if got, ok := baseOf(tt.file).resolve(tt.destination); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%s in %s: got %q, %v, want %q", tt.destination, tt.file, got, ok, tt.want)
		}
	}
}

// What a questionnaire has no room for is named with its place.
func TestTooMany(t *testing.T) {
	rows := strings.Repeat("|Do.|\n", 2_001)
	q, losses := imported(t, "a.md", []byte("# T\n\n|Approach|\n|-|\n"+rows))
	if got := len(q.Pillars[0].Principles); got != 2_000 {
		t.Errorf("%d principles", got)
	}
	if want := `2005:1: a questionnaire can have at most 2000 practices: "Do" is left out`; strings.Join(about(losses), "\n") != want {
		t.Errorf("losses:\n%s", losses)
	}
	var sections strings.Builder
	for i := range 22 {
		fmt.Fprintf(&sections, "## Section %c\n\n|Approach|\n|-|\n|Do.|\n\n", 'A'+i)
	}
	q, losses = imported(t, "a.md", []byte("# T\n\n"+sections.String()+"## Security\n\n"+"|Approach|\n|-|\n|Do.|\n\n## Security tradeoffs with Reliability\n\n> **Tradeoff.** a\n"))
	if len(q.Pillars) != 20 || strings.Count(losses.String(), "at most 20 pillars") != 4 {
		t.Errorf("%d pillars, losses:\n%s", len(q.Pillars), losses)
	}
	if _, err := assessment.Compile(q); err != nil {
		t.Error(err)
	}
}
