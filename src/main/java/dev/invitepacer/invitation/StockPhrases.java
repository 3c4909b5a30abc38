package dev.invitepacer.invitation;

import java.util.List;

/** What stands in notes to everybody, in the languages in which most invitations are written. */
final class StockPhrases {
    static final List<String> PHRASES = List.of(
            // English
            "(?:i'd|i would) (?:like|love|be (?:happy|glad|honou?red)) to (?:add you to|have you in|include you in|welcome you to) my (?:professional )?(?:linkedin )?network(?: on linkedin| here)?",
            "(?:i'd|i would|would) (?:like|love|be (?:happy|glad|great|nice)) to (?:connect|be connected|link up|network|get connected|stay connected)(?: with you| here| on linkedin)?",
            "(?:let's|lets|let us|happy to|glad to|great to|nice to|good to|hoping to|hope to|hope we can|can we|could we|shall we|wanted to|want to|looking to|i wish to|open to) (?:connect|link up|network)(?: with you| here| on linkedin)?",
            "(?:please )?(?:accept|consider) my (?:invitation|invite|request|connection request)(?: to connect)?",
            "please (?:add|connect with) me",
            "add me to your (?:professional )?network",
            "join my (?:professional )?network",
            "thanks? (?:you )?(?:so much |in advance )?for (?:connecting|accepting|the connect(?:ion)?)",
            "looking forward to (?:connecting|hearing from you|your reply|being connected|getting connected)(?: with you)?",
            "(?:i )?(?:just )?(?:came across|came upon|stumbled upon|found|saw|noticed|viewed|looked at|was looking at) your (?:linkedin )?profile(?: on linkedin| here| and found it (?:very )?interesting)?",
            "your (?:linkedin )?profile (?:caught my (?:eye|attention)|is (?:very )?(?:impressive|interesting)|looks (?:very )?(?:impressive|interesting)|stood out)",
            "(?:was )?(?:very )?impressed (?:by|with) your (?:profile|background|experience|work)",
            "(?:i'm|i am) reaching out(?: to (?:you|connect))?",
            "(?:i'm|i am|always|i'm always|i am always)? ?(?:looking to |trying to |hoping to )?(?:expand|expanding|grow|growing|build|building|extend|extending) my (?:professional )?(?:linkedin )?network",
            "(?:i )?hope (?:you are|you're|this finds you|this message finds you|all is|everything is) (?:doing )?(?:well|good|great|fine)",
            "(?:with )?like-?minded (?:people|professionals|individuals)",
            "always (?:happy|good|great|nice) to (?:connect|meet)",
            "(?:stay|keep|be|get) in touch",
            "nice to (?:meet|e-?meet) you",
            "pleased? to meet you",
            "we (?:have|share) (?:some |many |several |a few |\\d+ )?(?:mutual |common |shared )?(?:connections|contacts|friends)(?: in common)?",
            "we (?:work|are) in the same (?:industry|field|line of work|area|space)",
            // German
            "(?:ich )?(?:würde|möchte) (?:sie|dich|ich sie|ich dich) (?:sehr |auch )?(?:gerne? )?(?:zu|in) (?:meinem|mein) (?:beruflichen? |professionellen? |berufliches )?netzwerk (?:hinzufügen|aufnehmen|einladen)",
            "ich würde mich (?:sehr )?freuen,? (?:sie|dich) in (?:mein|meinem) (?:\\p{L}+ )?netzwerk (?:aufzunehmen|begrüßen zu dürfen|zu haben)",
            "(?:ich )?(?:würde|möchte) mich (?:sehr )?(?:gerne? )?(?:mit ihnen |mit dir )?(?:vernetzen|verbinden)",
            "ich würde mich (?:sehr )?über (?:eine|die) (?:vernetzung|kontaktaufnahme|verbindung)(?: mit ihnen| mit dir)? (?:sehr )?freuen",
            "(?:lassen sie uns|lass uns|wollen wir uns) (?:gerne )?vernetzen",
            "ich freue mich (?:auf|über) (?:die|eine|unsere|den|einen|ihre|deine) (?:\\p{L}+ )?(?:vernetzung|austausch|kontakt|verbindung|bestätigung|antwort)",
            "(?:ich )?bin (?:zufällig )?auf (?:ihr|dein) profil (?:gestoßen|aufmerksam geworden)",
            "(?:ihr|dein) profil (?:ist|klingt|hat) (?:sehr )?(?:interessant|spannend|mein interesse geweckt)",
            // Norwegian, Danish, Swedish
            "jeg (?:vil|ønsker|vil gjerne|ville) (?:gjerne )?(?:å )?(?:legge deg til|ha deg|tilføje dig|have dig|invitere deg)(?: til)? (?:i|til) (?:mitt |mit )?(?:profesjonelle |professionelle |faglige )?(?:nettverket mitt|nettverket|nettverk|netværk)",
            "(?:la oss|lad os|låt oss) (?:koble oss|koble|connecte|komme i kontakt|forbinde|hålla kontakten|holde kontakten)",
            "jeg kom over profilen din",
            "(?:det )?hadde vært (?:hyggelig|fint|kjekt) å (?:komme i kontakt|koble oss|connecte)(?: med deg)?",
            "jag (?:skulle vilja|vill|vill gärna) (?:lägga till|ha med) dig i mitt (?:professionella |yrkes)?(?:nätverk)",
            // Dutch
            "ik (?:wil|zou) (?:je|u) graag (?:willen )?toevoegen aan mijn (?:professionele )?netwerk",
            // Spanish, Portuguese, Italian, French
            "(?:me gustaría|quisiera|quiero) (?:añadirte|agregarte|añadirle|agregarle|incluirte|invitarte|tenerte|sumarte) (?:a|en) mi red(?: profesional| de contactos)*(?: en linkedin)?",
            "(?:me gustaría|quisiera|me encantaría) (?:conectar|contactar)(?: contigo| con usted)?",
            "(?:he visto|vi|encontré) (?:tu|su) perfil(?: y me pareció interesante)?",
            "espero que (?:estés|esté|te encuentres) bien",
            "(?:gostaria|queria) de (?:adicioná-l[oa]|te adicionar|adicionar você|adicioná-lo\\(a\\)) (?:à|na|a) minha rede(?: profissional| de contatos)*",
            "(?:gostaria|adoraria) de (?:me )?conectar(?: com você)?",
            "vi (?:o )?seu perfil",
            "(?:vorrei|mi piacerebbe) (?:aggiungerti|aggiungerla|averti) (?:alla|nella) mia rete(?: professionale| di contatti)*",
            "(?:vorrei|mi piacerebbe) (?:collegarmi|entrare in contatto)(?: con te| con lei)?",
            "(?:j'aimerais|je souhaite|je souhaiterais|je voudrais|je serais ravie? de) (?:vous|t')? ?(?:ajouter|inviter) (?:à|dans) mon réseau(?: professionnel)?(?: sur linkedin)?",
            "(?:j'ai vu|je suis tombée? sur|j'ai consulté) (?:votre|ton) profil",
            "(?:j'aimerais|je souhaite|je souhaiterais) (?:me connecter|entrer en contact|échanger) avec (?:vous|toi)",
            "au plaisir d'(?:échanger|un échange)",
            // Polish, Czech, Turkish, Finnish
            "chciał(?:a)?bym (?:dodać|zaprosić) (?:cię|pana|panią) do (?:mojej |swojej |grona )?(?:sieci|znajomych|kontaktów)(?: kontaktów| zawodowych)*",
            "(?:rád|ráda) bych (?:vás|tě) přidala? do (?:své|mé) sítě(?: kontaktů)?",
            "(?:sizi|seni) (?:profesyonel )?(?:ağıma|bağlantılarıma) eklemek (?:isterim|istiyorum)",
            "haluaisin lisätä sinut (?:ammatilliseen )?verkostooni",
            // Russian, Ukrainian
            "(?:я )?(?:хотела?|хочу) ?(?:бы )?(?:добавить|пригласить) (?:вас|тебя) в (?:свою|мою|мой|свой) ?(?:профессиональную |деловую )?(?:сеть|круг)(?: контактов| общения)?",
            "буду рада? (?:знакомству|общению|контакту)",
            "(?:давайте|предлагаю) (?:познакомимся|познакомиться|общаться|дружить|оставаться на связи)",
            "(?:увидела?|посмотрела?) ваш профиль",
            "(?:я )?(?:хотів|хотіла|хочу) ?(?:би|б)? ?(?:додати|запросити) вас до (?:своєї|моєї) (?:професійної )?мережі(?: контактів)?",
            "буд[ую] рад(?:ий|а) знайомству");

    /** Without word bounds. */
    static final List<String> PARTS = List.of(
            // Japanese, Chinese, Korean
            "(?:あなた|貴方|貴殿)?を?(?:私|わたし|当方)?の?(?:ビジネス|プロフェッショナル)?ネットワークに(?:追加|招待)(?:したい|させていただきたい|させて頂きたい)?(?:です|と思います|と思っています)?",
            "つながり(?:申請|リクエスト)?(?:を)?(?:させていただきました|お願いします|いただければ幸いです|になれれば幸いです|たいです|ましょう)?",
            "繋がり(?:申請|を希望|たいです|ましょう)?",
            "(?:はじめまして|初めまして)",
            "(?:どうぞ)?(?:よろしく|宜しく)お願い(?:いた|致)?(?:します|申し上げます)",
            "プロフィールを?(?:拝見|見て)(?:しました|し|いたしました|させていただきました)?",
            "ご連絡(?:しました|いたしました|差し上げました)",
            "(?:我)?(?:想|希望)(?:把|将|能|可以)?(?:您|你)?(?:加入|添加到|加到)我的(?:职业|專業|专业)?(?:人脉|人脈|网络|關係網)(?:中|里|圈)?",
            "(?:希望|想)(?:能|可以)?(?:和|与|跟|與)(?:您|你)(?:建立)?(?:联系|聯繫|连接|认识|交流)",
            "(?:很)?高[兴興](?:认识|認識)(?:您|你)",
            "请(?:通过|接受)(?:我的)?(?:邀请|请求|好友申请)?",
            "看到(?:了)?(?:您|你)的(?:资料|个人资料|主页)",
            "(?:귀하를|당신을|회원님을)? ?(?:저의|제) ?(?:전문|비즈니스)? ?(?:인맥|네트워크)에 (?:추가|초대)하고 싶(?:습니다|어요)",
            "(?:일촌|1촌) 신청(?:합니다|드립니다)?",
            "잘 부탁(?:드립니다|드려요|합니다)",
            "프로필(?:을)? (?:보고|봤습니다|보았습니다)(?: 연락드립니다)?",
            "연락드립니다",
            // Arabic, Hebrew, Hindi
            "(?:أود|أرغب في|أريد|يسعدني)(?: أن)? (?:إضافتك|أضيفك|انضمامك|دعوتك|تنضم) (?:إلى|الى) (?:شبكتي|شبكة علاقاتي|شبكة معارفي)(?: المهنية| على لينكدإن)*",
            "(?:أود|يسعدني|أرغب في)(?: أن)? (?:التواصل|أتواصل) معك",
            "(?:رأيت|اطلعت على) ملفك الشخصي",
            "(?:אשמח|הייתי רוצה|אני רוצה|ברצוני) (?:להתחבר|להוסיף אותך|לצרף אותך)(?: איתך| אליך)?(?: (?:לרשת|לרשת הקשרים|לרשת המקצועית)(?: המקצועית)?(?: שלי)?)?",
            "(?:मैं )?(?:आपको|आप को) (?:अपने|मेरे) (?:पेशेवर |प्रोफेशनल )?नेटवर्क में (?:जोड़ना|शामिल करना) (?:चाहता|चाहती|चाहूँगा|चाहूँगी) ?(?:हूँ|हूं)?");

    private static final PhraseBook BOOK = new PhraseBook(PHRASES, PARTS);

    private StockPhrases() {}

    /** The note without its stock phrases; the same text where there is none. */
    static String without(String note) {
        return BOOK.without(note);
    }
}
