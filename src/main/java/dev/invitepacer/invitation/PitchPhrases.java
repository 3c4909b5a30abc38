package dev.invitepacer.invitation;

import java.util.List;
import java.util.Optional;

/**
 * Phrases by which a note sells something. Each is an offer as it stands: {@code pricing} or {@code demo} alone is not,
 * since a webinar may be about pricing, and the demo may have been theirs.
 */
final class PitchPhrases {
    static final List<String> PHRASES = List.of(
            // a demo, a trial, a price
            "(?:book|schedule|see|watch|get|request|arrange|set up|show you|give you|offer you|try|grab) (?:a |an |the |our |my )?(?:[\\p{L}\\d-]+ )?demo",
            "(?:quick|free|short|live|personali[sz]ed|product|\\d+[- ]?min(?:ute)?s?|our) demo",
            "free (?:trial|consultation|audit|assessment|strategy session|pilot)",
            "(?:our|my|special|attractive|better|competitive|discounted) (?:pricing|prices|rates)",
            "pricing (?:plans?|options?|sheet|page|for you)",
            "(?:a|an|our|special|exclusive|get|with) (?:[\\d%]+ )?(?:discount|rebate)",
            "discounts? (?:on|for you|code)",
            "\\d+ ?% (?:off|discount)",
            "(?:special|exclusive|limited[- ]time|introductory) offer",
            "(?:best|lowest) prices?",
            // a call
            "(?:book|schedule|set up|arrange) (?:a |an |some |your )?(?:[\\p{L}\\d-]+ )?(?:call|meeting|slot|appointment)",
            "(?:jump|hop|get) on (?:a |an )?(?:[\\p{L}\\d-]+ )?call",
            "\\d+[- ]?min(?:ute)?s? (?:of your time|call|chat|demo|meeting)",
            "pick a (?:time|slot)",
            // what it does for you
            "(?:increase|boost|double|triple|grow|scale|improve|skyrocket|10x) (?:your |their )(?:[\\p{L}-]+ )?(?:revenue|sales|pipeline|leads|roi|turnover|profits?|business|conversions?|conversion rates?)",
            "(?:generate|deliver|get you|bring you) (?:more |new |qualified |\\d+ )+(?:leads|customers|clients|meetings)",
            "qualified leads",
            "(?:our|my) (?:[\\p{L}-]+ )?(?:product|platform|solution|software|tool|services?|agency|app|team) (?:helps?|can help|could help|will help|would help|offers?|saves?|can save|could save|enables?|boosts?|increases?|cuts?|reduces?)",
            "we (?:help|helped|enable) (?:[\\p{L}-]+ ){0,3}(?:companies|businesses|teams|firms|founders|agencies|brands|startups|organi[sz]ations)",
            "i help (?:[\\p{L}-]+ ){0,3}(?:companies|businesses|teams|firms|founders|agencies|brands|startups|organi[sz]ations|leaders|coaches)",
            "(?:save|saves|saving) (?:you|your team|your company) (?:time|money|hours|thousands|up to|\\d+)",
            "(?:cut|reduce|lower) your (?:[\\p{L}-]+ )?(?:costs?|spend|bills?)",
            "guaranteed (?:results|roi|returns?|leads)",
            "(?:would you be|are you|if you(?:'re| are)) interested in (?:our|a demo|buying|purchasing|a (?:quick|free))",
            "(?:tell|show) you (?:more )?(?:about )?(?:our|how our|how we can) (?:[\\p{L}-]+ )?(?:product|platform|solution|software|tool|services?|help|save|increase|boost)",
            "(?:learn|hear|know) more about our (?:product|platform|solution|software|tool|services?|offer(?:ing)?s?)",
            "sign up (?:now|today|for our)",
            // German
            "(?:unser(?:e[rnms]?)?|meine?) (?:produkt|plattform|lösung|software|tool|agentur) (?:hilft|unterstützt|spart|bietet|steigert|senkt)",
            "wir (?:helfen|unterstützen) (?:\\p{L}+ ){0,3}(?:unternehmen|firmen|teams|agenturen)",
            "(?:ihren|deinen|euren) (?:umsatz|gewinn|vertrieb) (?:\\p{L}+ )?(?:zu )?(?:steigern|erhöhen|verdoppeln)",
            "kostenlose[nrs]? (?:demo|beratung|testversion|erstgespräch|test)",
            "\\d* ?%? ?(?:rabatt|nachlass)",
            "(?:termin|demo|gespräch) (?:zu )?(?:buchen|vereinbaren)",
            // Norwegian, Swedish, Danish
            "(?:vårt|vår|våre|vores|våra) (?:produkt|plattform|platform|løsning|lösning|verktøy|tjeneste) (?:hjelper|hjälper|hjælper|sparer|sparar|øker|ökar)",
            "(?:book|boka|booke|bestill) (?:en |et |ett )?(?:demo|møte|möte|samtale|prat)",
            "(?:øke|öka|øge|doble|dubbla) (?:omsetningen|salget|omsättningen|försäljningen|omsætningen)",
            "(?:gratis|kostnadsfri) (?:demo|prøveperiode|provperiod|prøve|konsultasjon)",
            "(?:spesial|tilbuds)?rabatt",
            // Spanish, Portuguese, French, Italian
            "(?:nuestra|nuestro|nossa|nosso) (?:plataforma|producto|produto|solución|solução|herramienta|ferramenta|servicio|serviço|software) (?:ayuda|ajuda|permite|aumenta|ahorra)",
            "(?:agendar|reservar|programar|marcar) (?:una |uma |un |um )?(?:llamada|demo|demostración|demonstração|reunión|reunião|chamada)",
            "(?:aumentar|duplicar|incrementar|multiplicar) (?:tus|sus|suas|as suas) (?:ventas|ingresos|vendas|receitas)",
            "(?:demo|prueba|consulta) (?:gratuita|gratis|grátis)",
            "(?:un|una|um|de) (?:descuento|desconto)",
            "(?:notre|nos) (?:solution|plateforme|produit|logiciel|outil|service)s? (?:aide|aident|permet|permettent|augmente)",
            "(?:réserver|planifier|caler) (?:un|une) (?:appel|démo|créneau|rendez-vous)",
            "(?:augmenter|doubler|booster) (?:vos|votre|tes|ton) (?:ventes|chiffre d'affaires|revenus)",
            "(?:démo|essai|audit) gratuite?",
            "(?:une|de) (?:remise|réduction) de \\d+ ?%",
            "(?:nostra|nostro) (?:piattaforma|prodotto|soluzione|software|strumento) (?:aiuta|permette)",
            "(?:prenotare|fissare) (?:una|un) (?:chiamata|demo|appuntamento)",
            // Russian
            "(?:наш|наша|наше) (?:продукт|платформа|решение|сервис) (?:помогает|поможет|позволяет)",
            "(?:увеличить|повысить) (?:ваши|ваш) (?:продажи|доход|прибыль)",
            "(?:скидк[аиу]|бесплатн\\p{L}+ (?:демо|консультаци\\p{L}+))");

    /** Without word bounds: these scripts have no spaces, or join small words to the next one. */
    static final List<String> PARTS = List.of(
            "弊社の(?:製品|サービス|ソリューション)",
            "無料(?:デモ|トライアル|体験|相談)",
            "割引",
            "売上(?:を|の)?(?:伸ば|アップ|向上)",
            "我们的(?:产品|平台|解决方案)",
            "免费(?:试用|演示|咨询)",
            "折扣",
            "무료 ?(?:데모|체험|상담)",
            "할인",
            "عرض توضيحي مجاني",
            "خصم",
            "زيادة مبيعات",
            "הנחה",
            "הדגמה חינם",
            "मुफ़्त डेमो",
            "छूट");

    private static final PhraseBook BOOK = new PhraseBook(PHRASES, PARTS);

    private PitchPhrases() {}

    /** The first such phrase in a note, as it stands there. */
    static Optional<String> firstIn(String note) {
        return BOOK.firstIn(note);
    }
}
