package azurechecklist

import (
	"slices"
	"strings"

	"plumbline/content/foreign"
)

// framework are the pillars of the Azure Well-Architected Framework in its order, each with every spelling that is
// known for it, in lower case: English ones, then those of the translated checklists.
func framework() []pillarName {
	return []pillarName{
		{"reliability", "Reliability", []string{"reliability", "resiliency", "fiabilidad", "resiliencia", "fiabilidade", "resiliência",
			"確実", "復元", "신뢰도", "복구", "可靠性", "彈性"}},
		{"security", "Security", []string{"security", "seguridad", "segurança", "安全", "안전"}},
		{"cost-optimization", "Cost Optimization", []string{"cost", "cost optimization", "costar", "custar", "費用", "비용", "成本"}},
		{"operational-excellence", "Operational Excellence", []string{"operations", "operational excellence", "operaciones",
			"excelencia operacional", "operações", "excelência operacional", "オペレーションズ", "オペレーショナルエクセレンス", "작업", "운영 우수성", "操作", "卓越運營"}},
		{"performance-efficiency", "Performance Efficiency", []string{"performance", "performance efficiency", "rendimiento", "desempenho",
			"パフォーマンス", "공연", "性能"}},
	}
}

type pillarName struct {
	id, title string
	spellings []string
}

// other is the title of the pillar of items that name none.
const other = "Other"

// pillarOf returns the title of the pillar that an item names.
func pillarOf(f foreign.Fields) string {
	name := f.Line("waf")
	if name == "" {
		f.Count("the item names no pillar: it is in %q", other)
		return other
	}
	at := f.Known["waf"]
	for _, p := range framework() {
		if strings.EqualFold(p.title, name) {
			return p.title
		}
		if slices.Contains(p.spellings, strings.ToLower(name)) {
			if !strings.EqualFold(p.id, name) {
				at.Count("%s is read as the pillar %q", foreign.Shorten(name), p.title)
			}
			return p.title
		}
	}
	at.Count("%s is not a pillar of the framework", foreign.Shorten(name))
	return name
}
