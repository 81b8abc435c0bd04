package report

import "strings"

// compose joins a letter and the combining accents after it into the one character that Unicode has for them (Latin,
// Greek and Cyrillic, in canonical order) where draws accepts it, because few fonts can draw an accent by itself.
func compose(s string, draws func(rune) bool) string {
	if !strings.ContainsFunc(s, combining) {
		return s
	}
	runes := []rune(s)
	out := runes[:0]
	for _, r := range runes {
		if last := len(out) - 1; last >= 0 && combining(r) {
			if one, ok := composed(out[last], r); ok && draws(one) {
				out[last] = one
				continue
			}
		}
		out = append(out, r)
	}
	return string(out)
}

func combining(r rune) bool { return r >= 0x0300 && r <= 0x036F }

func composed(letter, accent rune) (rune, bool) {
	base := rune(0) // the letter of a pair, while its second half is awaited
	for _, r := range compositions(accent) {
		switch {
		case base == 0:
			base = r
		case base == letter:
			return r, true
		default:
			base = 0
		}
	}
	return 0, false
}

// compositions lists, for one accent, each letter followed by the letter with that accent.
func compositions(accent rune) string {
	switch accent {
	case 0x0300:
		return "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"
	case 0x0301:
		return "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέ" +
			"ηήιίϋΰοόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"
	case 0x0302:
		return "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"
	case 0x0303:
		return "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"
	case 0x0304:
		return "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝ"
	case 0x0306:
		return "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặ"
	case 0x0307:
		return "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏ" +
			"ſẛ"
	case 0x0308:
		return "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧ" +
			"ÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"
	case 0x0309:
		return "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"
	case 0x030A:
		return "AÅaåUŮuůwẘyẙ"
	case 0x030B:
		return "OŐoőUŰuűУӲуӳ"
	case 0x030C:
		return "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"
	case 0x030F:
		return "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"
	case 0x0311:
		return "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"
	case 0x031B:
		return "OƠoơUƯuư"
	case 0x0323:
		return "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"
	case 0x0324:
		return "UṲuṳ"
	case 0x0325:
		return "AḀaḁ"
	case 0x0326:
		return "SȘsșTȚtț"
	case 0x0327:
		return "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"
	case 0x0328:
		return "AĄaąEĘeęIĮiįUŲuųOǪoǫ"
	case 0x032D:
		return "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"
	case 0x032E:
		return "HḪhḫ"
	case 0x0330:
		return "EḚeḛIḬiḭUṴuṵ"
	case 0x0331:
		return "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"
	}
	return ""
}
