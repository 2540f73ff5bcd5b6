"""What the page of evidence says in whole sentences: what numbers mean, what measured them, what features miss."""

from collections.abc import Iterator, Mapping

from coder.annotate.view.reasons import WHY_WORDS
from coder.annotate.view.signal_names import feature_name
from coder.desktop.evidence_texts import expected_text, of_all, p_text, plain, silence_text
from coder.desktop.evidence_work import PartRow, RuleRow, SeenRow
from coder.desktop.wording import share_text
from coder.language import grouped, later, plural, tr
from coder.model.evidence import Shifted, Silence
from coder.model.time import SECOND_US
from coder.model.track import Provenance, Why

_GAP = "\N{NARROW NO-BREAK SPACE}"

MISSES = (
    later("Faces in profile, or partly hidden: by hands, toys, hair, a breast, a bottle, a mask or a pacifier."),
    later(
        "Infants who lie or sit on a lap: faces are turned by a quarter or lie close together, so "
        "that distances say little and heads stand in each other’s way."
    ),
    later("A camera behind somebody’s shoulder: who is seen from behind has no face."),
    later("Dark rooms, light from behind, faces that are very small or out of focus."),
    later(
        "The direction of a head is not where the eyes look; where both are measured the eyes are "
        "surer, but only as far as their own uncertainty says."
    ),
    later(
        "Toys near a face, pictures on the wall, dolls, mirrors and screens may be taken for a person or a look."
    ),
    later(
        "Others in the room: if two people were mixed up, everything after is turned round. Check who"
        " is who over the film, and mend it there."
    ),
    later("Wide lenses bend the edges of the picture, and distances with them."),
    later(
        "Models see some faces worse than others, by skin tone, age and looks. A family that is seen "
        "badly is no family that behaves differently: always read coverage first."
    ),
    later("A touch is a hand near a body in the picture, not a touch: depth is not seen."),
)


def seen_sentence(row: SeenRow) -> str:
    """Why values are missing in a session, or what all sessions show."""
    if row.coverage is None:
        return tr("No faces were looked for in this session.")
    head = silence_text(Silence.UNSEEN) if row.silent else ""
    if row.session is None:
        return head
    alike: dict[str, list[str]] = {}
    for feature, reasons in row.session.reasons.items():
        if told := _reasons(reasons):
            alike.setdefault(told, []).append(feature_name(feature))
    parts = [tr("{feature}: {reasons}", feature=", ".join(names), reasons=why) for why, names in alike.items()]
    why = tr("Not seen, by reason: {what}.", what="; ".join(parts)) if parts else ""
    return " ".join(part for part in (head, why) if part) or tr("Every look of the session could be measured.")


def rule_sentence(row: RuleRow) -> str:
    """What the rule asks for, and what it found over all chosen passes."""
    rule, one = row.sum.rule, row.sum
    asked = tr("{feature}: {expected}.", feature=feature_name(rule.feature), expected=expected_text(rule))
    if row.why is not Silence.SPEAKS:
        return f"{asked} {silence_text(row.why)}"
    text = plural(
        "{count} event: {consistent} consistent ({share} of those seen), {inconsistent} inconsistent, {none} "
        "without evidence.",
        "{count} events: {consistent} consistent ({share} of those seen), {inconsistent} inconsistent, {none} "
        "without evidence.",
        one.events,
        consistent=grouped(one.consistent),
        share=share_text(one.share.value),
        inconsistent=grouped(one.covered - one.consistent),
        none=grouped(one.events - one.covered),
    )
    if one.baseline is None:
        return f"{asked} {text}"
    return f"{asked} {text} " + tr("In shifted time it would be {share}.", share=share_text(one.baseline))


def part_sentences(row: PartRow) -> Iterator[str]:
    """All numbers of one pass beside one rule, each with its chance."""
    one = row.concordance
    if one.why is not Silence.SPEAKS:
        yield silence_text(one.why)
        return
    share = tr(
        "Consistent events: {part} ({share}).",
        part=of_all(one.consistent, one.covered),
        share=share_text(one.share.value),
    )
    yield f"{share} {_shifted(one.chance, shares=True)}"
    kappa = (
        tr(
            "Kappa in units of one second: {kappa} ({units} units).",
            kappa=plain(one.kappa.value),
            units=one.kappa.n,
        )
        if one.kappa.value is not None
        else tr("No kappa: {why}", why=silence_text(one.kappa.why))
    )
    yield f"{kappa} {_shifted(one.kappa_chance, shares=False)}".strip()
    if one.prevalence is not None and one.bias is not None:
        yield tr(
            "Prevalence index {prevalence}, bias index {bias}: far from 0, they keep kappa low whatever is coded.",
            prevalence=plain(one.prevalence),
            bias=plain(one.bias),
        )
    yield (
        tr(
            "AUC {auc}: 1 if the signal tells the code’s time from the rest, 0.5 by chance.",
            auc=plain(one.auc.value),
        )
        if one.auc.value is not None
        else tr("No AUC: {why}", why=silence_text(one.auc.why))
    )
    yield _lag(row)


def source_sentence(one: Provenance) -> str:
    """By what a session was measured: extractor, version, settings, and every model with its sum."""
    text = tr("{extractor} {version}", extractor=one.extractor, version=one.version)
    settings = ", ".join(f"{name} = {value}" for name, value in sorted(one.settings.items()))
    parts = [text]
    parts += [tr("Settings: {settings}", settings=settings)] if settings else []
    parts += [tr("Model {name}, sha256 {sum}", name=name, sum=hash_) for name, hash_ in sorted(one.models.items())]
    return "\n".join(parts)


def concordance_words() -> str:
    """What these numbers are, above them."""
    return tr(
        "How far a code and what was measured go together in time. It speaks of a pass beside a witness "
        "with a narrow field of view, not of two coders, and is never averaged with what two coders have "
        "in common. The grey band is chance: the code’s whole stream moved round in time against the "
        "picture, from 0 to the 95th percentile, dotted at the mean."
    )


def contrast_words() -> str:
    """What two coders beside one signal mean."""
    return tr(
        "Share of the events that are as the rule expects, of each of two coders, over the sessions that "
        "both coded. A gap says where to look together, not who is right."
    )


def error_words() -> str:
    """What the rate of a signal's errors is."""
    return tr(
        "How often people found the feature wrong in front of the film, of those moments that it asked "
        "about and that were judged: a rate among questions, not among all moments. Outdated: said of an "
        "older measurement."
    )


_WORTH_SAYING = 0.005


def _reasons(reasons: Mapping[Why, float]) -> str:
    """`too dark 17 %, turned away 4 %`; what would be 0 % is left out."""
    told = {why: share for why, share in reasons.items() if why in WHY_WORDS and share >= _WORTH_SAYING}
    return ", ".join(f"{tr(WHY_WORDS[why])} {share_text(share)}" for why, share in told.items())


def _shifted(chance: Shifted, *, shares: bool) -> str:
    if chance.mean is None:
        return silence_text(chance.why)
    mean, top = (share_text(one) if shares else plain(one) for one in (chance.mean, chance.top))
    return tr(
        "In shifted time: mean {mean}, 95th percentile {top}; p = {p}, from {shifts} shifts, which cannot give "
        "less than {least}.",
        mean=mean,
        top=top,
        p=p_text(chance.p),
        shifts=grouped(chance.shifts),
        least=p_text(chance.least_p),
    )


def _lag(row: PartRow) -> str:
    one = row.concordance
    if one.lag_us is None:
        return tr("No best lag: {why}", why=silence_text(one.lag_why))
    seconds = f"{abs(one.lag_us) / SECOND_US:.2f}{_GAP}s"
    if one.lag_us > 0:
        return tr("Best lag: the code begins {seconds} after the signal changes.", seconds=seconds)
    if one.lag_us < 0:
        return tr("Best lag: the code begins {seconds} before the signal changes.", seconds=seconds)
    return tr("Best lag: the code begins as the signal changes.")
