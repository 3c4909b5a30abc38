package dev.invitepacer.invitation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by its words whether a source is a list that was bought, or scraped from pages. */
final class BoughtSource {
    private static final Pattern SEPARATORS = Pattern.compile("[_./:;,|+-]+");

    private static final Pattern BOUGHT = Pattern.compile(
            "(?<!\\p{L}|\\b(?:not|never|no|who|have|has) )"
                    // "bought our licence" tells of a customer
                    + "(?:(?:bought|purchased)(?! (?:our|my|from us|it|a|an|the|one|tickets?|licen[cs]es?)\\b)"
                    + "|rented (?:list|data|contacts?|leads?)"
                    + "|scrap(?:ed?|es|ing|er)|crawled|harvested|leaked"
                    + "|(?:list|data|lead|email|e mail|address) ?(?:brokers?|vendors?|sellers?)"
                    + "|gekauft(?:e[nrs]?)?|zugekauft(?:e[nrs]?)?|adresshändler"
                    + "|innkjøpt|kjøpt|köpt|købt|adressemegler"
                    + "|comprad[oa]s?|achetée?s?|acquistat[oaie]|gekocht"
                    + "|kupion[aey]|satın alınan|купленн\\p{L}+|куплен[ао]?)"
                    + "(?!\\p{L})"
                    + "|名簿業者|購入リスト|购买名单|구매 ?명단",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private BoughtSource() {}

    /** The first such word, as it stands there. */
    static Optional<String> wordIn(String source) {
        if (source == null) {
            return Optional.empty();
        }
        Matcher matcher = BOUGHT.matcher(SEPARATORS.matcher(source).replaceAll(" "));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
