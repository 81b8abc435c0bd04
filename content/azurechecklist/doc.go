// Package azurechecklist reads Azure review checklists (JSON, as in the repository Azure/review-checklists): the usual
// shape, that of APRL recommendations, and the one whose items have a title instead of a text; values in any language.
//
// An item becomes a practice whose id is the item's guid, so that the same item has the same id in every checklist and
// every translation. Its pillar is the one of the Well-Architected Framework that the item names; a value that is none of
// its known spellings is a pillar of its own, and an item that names none is in the pillar "Other". The category is the
// principle (the service where there is none), the subcategory the question (the principle again where there is none).
//
// Severity is the risk; there is no effort. Query texts are the end of a practice's help. What else there is to know is
// kept as references in the list `source` of a practice: the item's own id as it stands, and with a word in front
//
//	guid:…           where the practice's id is another one
//	service:…        arm-service:…      resource-type:…      checklist:…      type:…      tag:…      file:…
//	score:cost=1     what the item does to the qualities that some checklists score
package azurechecklist
