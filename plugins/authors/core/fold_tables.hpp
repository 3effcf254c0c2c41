// SPDX-License-Identifier: Apache-2.0
// Latin letters without their marks: two characters a code point, "." behind single letters, "?" for what is
// no Latin letter or has no base. Made from the compatibility decompositions of the Unicode Character
// Database; letters that Unicode does not decompose (o with stroke, sharp s, thorn) are written as catalogues
// of names write them.
#pragma once

#include <string_view>

namespace gleaner::authors {

/// U+00C0 to U+024F.
inline constexpr std::string_view kLatin =
    "a.a.a.a.a.a.aec.e.e.e.e.i.i.i.i.d.n.o.o.o.o.o.?.o.u.u.u.u.y.thss"
    "a.a.a.a.a.a.aec.e.e.e.e.i.i.i.i.d.n.o.o.o.o.o.?.o.u.u.u.u.y.thy."
    "a.a.a.a.a.a.c.c.c.c.c.c.c.c.d.d.d.d.e.e.e.e.e.e.e.e.e.e.g.g.g.g."
    "g.g.g.g.h.h.h.h.i.i.i.i.i.i.i.i.i.i.ijijj.j.k.k.q.l.l.l.l.l.l.l."
    "l.l.l.n.n.n.n.n.n.n.n.n.o.o.o.o.o.o.oeoer.r.r.r.r.r.s.s.s.s.s.s."
    "s.s.t.t.t.t.t.t.u.u.u.u.u.u.u.u.u.u.u.u.w.w.y.y.y.z.z.z.z.z.z.s."
    "b.?.?.?.?.?.?.?.?.?.?.?.?.?.?.e.?.?.?.?.?.?.?.i.?.?.l.?.?.?.?.o."
    "o.o.?.?.?.?.?.?.?.?.?.?.?.?.?.u.u.?.?.?.?.z.z.?.?.?.?.?.?.?.?.?."
    "?.?.?.?.dzdzdzljljljnjnjnja.a.i.i.o.o.u.u.u.u.u.u.u.u.u.u.e.a.a."
    "a.a.?.?.g.g.g.g.k.k.o.o.o.o.?.?.j.dzdzdzg.g.?.?.n.n.a.a.?.?.?.?."
    "a.a.a.a.e.e.e.e.i.i.i.i.o.o.o.o.r.r.r.r.u.u.u.u.s.s.t.t.?.?.h.h."
    "?.?.?.?.?.?.a.a.e.e.o.o.o.o.o.o.o.o.y.y.?.?.?.?.?.?.a.c.c.l.t.?."
    "?.?.?.b.u.?.e.e.j.j.?.?.r.r.y.y.";

/// U+1E00 to U+1EFF: the letters of Vietnamese and of transcriptions.
inline constexpr std::string_view kLatinAdditional =
    "a.a.b.b.b.b.b.b.c.c.d.d.d.d.d.d.d.d.d.d.e.e.e.e.e.e.e.e.e.e.f.f."
    "g.g.h.h.h.h.h.h.h.h.h.h.i.i.i.i.k.k.k.k.k.k.l.l.l.l.l.l.l.l.m.m."
    "m.m.m.m.n.n.n.n.n.n.n.n.o.o.o.o.o.o.o.o.p.p.p.p.r.r.r.r.r.r.r.r."
    "s.s.s.s.s.s.s.s.s.s.t.t.t.t.t.t.t.t.u.u.u.u.u.u.u.u.u.u.v.v.v.v."
    "w.w.w.w.w.w.w.w.w.w.x.x.x.x.y.y.z.z.z.z.z.z.h.t.w.y.?.s.?.?.ss?."
    "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.e.e.e.e.e.e.e.e."
    "e.e.e.e.e.e.e.e.i.i.i.i.o.o.o.o.o.o.o.o.o.o.o.o.o.o.o.o.o.o.o.o."
    "o.o.o.o.u.u.u.u.u.u.u.u.u.u.u.u.u.u.y.y.y.y.y.y.y.y.?.?.?.?.?.?.";

static_assert(kLatin.size() / 2 == 0x250 - 0xC0 && kLatinAdditional.size() / 2 == 0x100);

}  // namespace gleaner::authors
